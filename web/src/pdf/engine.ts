import type { PDFDocumentProxy } from 'pdfjs-dist';
import { breathe } from '../ui/breathe.ts';

type Pdfjs = typeof import('pdfjs-dist');

interface Engine {
  pdfjs: Pdfjs;
  worker: InstanceType<Pdfjs['PDFWorker']>;
}

let engine: Promise<Engine> | undefined;

/**
 * Loads pdf.js and its worker once. It fetches code, never a document. The legacy build, because a signer's phone is often some years old.
 */
export function warmUp(): Promise<Engine> {
  engine ??= start().catch((error: unknown) => {
    engine = undefined;
    throw error;
  });
  return engine;
}

async function start(): Promise<Engine> {
  const [pdfjs, { default: PageWorker }] = await Promise.all([
    import('pdfjs-dist/legacy/build/pdf.mjs') as Promise<unknown> as Promise<Pdfjs>,
    import('pdfjs-dist/legacy/build/pdf.worker.min.mjs?worker'),
  ]);
  // To read that much code is a piece of work by itself.
  await breathe();
  return { pdfjs, worker: pdfjs.PDFWorker.create({ port: new PageWorker() }) };
}

/** Opens a document for showing. Scripts and XFA in it are never run. */
export async function openPdf(bytes: Uint8Array<ArrayBuffer>): Promise<PDFDocumentProxy> {
  const { pdfjs, worker } = await warmUp();
  return pdfjs.getDocument({
    data: bytes,
    worker,
    cMapUrl: '/pdfjs/cmaps/',
    cMapPacked: true,
    standardFontDataUrl: '/pdfjs/standard_fonts/',
    wasmUrl: '/pdfjs/wasm/',
    iccUrl: '/pdfjs/iccs/',
    enableXfa: false,
    isEvalSupported: false,
    stopAtErrors: false,
    verbosity: 0,
  }).promise;
}

/** The running pdf.js, for what has to be built from it (the text layer). */
export async function pdfjsNow(): Promise<Pdfjs> {
  return (await warmUp()).pdfjs;
}
