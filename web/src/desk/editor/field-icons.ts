import type { FieldType } from '../../api/shapes.ts';
import type { IconName } from '../../ui/icons.ts';

export const FIELD_ICONS: Record<FieldType, IconName> = {
  signature: 'signature',
  initials: 'initials',
  date_signed: 'calendar',
  text: 'text',
  checkbox: 'checkbox',
};
