import { parseCpu, parseMemory } from '../model/quantity.ts';

/** Quantities as people write them elsewhere, in this format's words. */

/** `512MB`, `512 mib` and `1 GB` as `512M`, `512Mi` and `1G`. */
export function memoryMeant(text: string): string | undefined {
  const match = /^([0-9.]{1,20})\s*([kmgtp])(i?)(?:b|bytes?)?$/i.exec(text.trim());
  if (match === null) return undefined;
  const [, digits, unit = '', binary = ''] = match;
  const prefix = unit.toLowerCase() === 'k' && binary === '' ? 'k' : unit.toUpperCase();
  return positive(`${digits}${prefix}${binary.toLowerCase()}`, parseMemory);
}

/** `2 cores`, `0,5` and `500 m` as `2`, `0.5` and `500m`. */
export function cpuMeant(text: string): string | undefined {
  const match = /^([0-9]{1,9}(?:[.,][0-9]{1,9})?)\s*(m(?:illi(?:cores?|cpus?)?)?|v?cpus?|cores?)?$/i.exec(
    text.trim(),
  );
  if (match === null) return undefined;
  const [, digits = '', unit = ''] = match;
  return positive(`${digits.replace(',', '.')}${/^m/i.test(unit) ? 'm' : ''}`, parseCpu);
}

function positive(text: string, parse: (text: string) => number | undefined): string | undefined {
  return (parse(text) ?? 0) > 0 ? text : undefined;
}
