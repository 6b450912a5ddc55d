/** A picture of so many bytes at most is taken; a phone's photos are often larger. */
const PICTURE_BYTES = 5 * 1024 * 1024;
/** Pixels along the longer side of a photo that was made smaller: a page in letter size at 250 dots an inch. */
const LONGER_SIDE = 2750;

/** The file as it is, or a photo made small enough; what cannot be read is left to the server to say so. */
export async function smallEnough(file: File): Promise<Blob> {
  if (file.size <= PICTURE_BYTES || !file.type.startsWith('image/')) return file;
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return file;
  const share = Math.min(1, LONGER_SIDE / Math.max(picture.width, picture.height));
  const canvas = document.createElement('canvas');
  canvas.width = Math.round(picture.width * share);
  canvas.height = Math.round(picture.height * share);
  canvas.getContext('2d')?.drawImage(picture, 0, 0, canvas.width, canvas.height);
  picture.close();
  const smaller = await new Promise<Blob | null>((done) => canvas.toBlob(done, 'image/jpeg', 0.85));
  canvas.width = canvas.height = 0;
  return smaller ?? file;
}
