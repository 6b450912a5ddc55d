/**
 * What signer's page and desk both read. Lengths are points (1/72 inch), the origin is the top left corner of the
 * page as it is shown; documents, pages and recipients are counted from 1.
 */
export type { FieldKind as FieldType } from './fields.ts';
import type { FieldKind as FieldType } from './fields.ts';

export interface PageSize {
  width: number;
  height: number;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface FieldPlace extends Box {
  type: FieldType;
  document: number;
  page: number;
  required: boolean;
  label: string;
}

export interface Person {
  name: string;
  email: string;
}

/** A signature as it was made; the server draws it into the document. Lengths of `drawn` are CSS pixels. */
export type Ink =
  | { kind: 'typed'; text: string }
  | { kind: 'drawn'; width: number; height: number; strokes: [number, number][][] }
  | { kind: 'image'; data: string };
