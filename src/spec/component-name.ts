import { COMPONENT_NAME_MAX, isComponentName } from '../model/names.ts';
import type { Draft } from './diagnostic.ts';
import { diagnosticAt } from './finding.ts';
import type { ParsedFile } from './source-file.ts';
import { quoted } from './words.ts';

/** Names that Kubernetes takes. */
export function nameMistakes(parsed: ParsedFile, names: readonly string[]): readonly Draft[] {
  const bad = names.filter((name) => !isComponentName(name));
  return bad.map((name) => {
    const long = name.length > COMPONENT_NAME_MAX;
    const message = long
      ? `the component's name is longer than ${COMPONENT_NAME_MAX} characters`
      : `a component cannot be called ${quoted(name)}`;
    const mended = mendedName(name);
    const use = long ? 'shorten it; use' : mended === name ? 'use' : `call it \`${mended}\`:`;
    const suggestion = `${use} lower-case letters, digits, \`-\` and \`.\`, with a letter or digit at both ends`;
    return diagnosticAt(parsed, ['components', name], { code: 'TFG107', message, suggestion, at: 'key' });
  });
}

/** What a component with such a name will be called once its name is put right; the name itself when nobody can tell. */
export function mendedName(name: string): string {
  const plain = name
    .slice(0, 2 * COMPONENT_NAME_MAX)
    .toLowerCase()
    .replace(/[^a-z0-9.]+/g, '-')
    .replace(/-*\.[-.]*/g, '.')
    .replace(/^[-.]+/, '')
    .slice(0, COMPONENT_NAME_MAX)
    .replace(/[-.]+$/, '');
  return isComponentName(plain) ? plain : name;
}
