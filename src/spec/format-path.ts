import type { SpecPath } from './diagnostic.ts';

/** `components.web.run.port`, `previous[0].image`; a key that would be ambiguous stands in brackets. */
export function formatPath(path: SpecPath): string {
  let text = '';
  for (const step of path) {
    if (typeof step === 'number') text += `[${step}]`;
    else if (/^[^\s.[\]"]+$/.test(step)) text += text === '' ? step : `.${step}`;
    else text += `[${JSON.stringify(step)}]`;
  }
  return text;
}
