import type { FieldGroup } from '../../api/fields.ts';
import type { PageSize } from '../../api/shapes.ts';
import { keepOnPage } from '../../pdf/geometry.ts';
import { relinked } from '../draft/links.ts';
import { newFieldId, newKey, type DraftPlace } from '../draft/shape.ts';

export interface Copied {
  places: DraftPlace[];
  groups: FieldGroup[];
}

/** Where copies go; what is left out stays as it was. */
export interface Target {
  document?: string;
  page?: number;
  size: PageSize;
  dx?: number;
  dy?: number;
}

/**
 * Copies of fields with ids of their own. Conditions and formulas among them point at the copies. Boxes whose whole
 * group is copied become a group of their own; a single box joins the group that it was copied from. What must not come
 * twice is left out: the capture key, the form field of the document, the tag it was made from.
 */
export function copiesOf(chosen: DraftPlace[], all: DraftPlace[], groups: FieldGroup[], to: Target): Copied {
  const ids = new Map(chosen.map((place) => [place.id, newFieldId()]));
  const keys = new Map<string, string>();
  for (const group of new Set(chosen.map((place) => place.group))) {
    if (group === null) continue;
    const members = all.filter((place) => place.group === group);
    const whole = members.every((member) => chosen.some(({ id }) => id === member.id));
    const moves = to.document !== undefined && members.some((member) => member.document !== to.document);
    if (whole || moves) keys.set(group, freeGroup([...groups.map(({ key }) => key), ...all.map((place) => place.group ?? ''), ...keys.values()]));
  }
  const places = chosen.map((place) => {
    const { dx = 0, dy = 0, size } = to;
    const box = place.width === 0 ? {} : keepOnPage({ x: place.x + dx, y: place.y + dy, width: place.width, height: place.height }, size);
    return {
      ...relinked(place, ids),
      ...box,
      key: newKey(),
      id: ids.get(place.id)!,
      document: to.document ?? place.document,
      page: to.page ?? place.page,
      group: place.group && (keys.get(place.group) ?? place.group),
      capture_key: null,
      form_field: null,
      form_option: null,
      origin: null,
    };
  });
  const copiedGroups = groups.flatMap((group) => {
    const key = keys.get(group.key);
    return key === undefined ? [] : [{ ...group, key }];
  });
  return { places, groups: copiedGroups };
}

/** A key for a group that no other has. */
export function freeGroup(taken: Iterable<string>): string {
  const known = new Set(taken);
  for (let number = 1; ; number += 1) if (!known.has(`group_${number}`)) return `group_${number}`;
}
