import { splitWords } from '../../model/words.ts';
import type { Finding } from '../finding.ts';
import { type Rule, runPath } from '../rule.ts';

/** A command line that can be split into words as a shell would, and that starts something. */
export const commandWords: Rule = ({ components }, report) => {
  for (const { name, run } of components) {
    for (const key of ['command', 'health_check_script'] as const) {
      const text = run[key];
      const mistake = text === undefined ? undefined : mistakeIn(text, key);
      if (mistake !== undefined) report({ code: 'TFG210', path: runPath(name, key), ...mistake });
    }
  }
};

function mistakeIn(text: string, key: string): Omit<Finding, 'code'> | undefined {
  if (/^\s*[\u2018\u2019\u201c-\u201f\u00ab]/.test(text)) {
    const suggestion = 'use the plain quotes " or \', or none';
    return { message: `\`${key}\` begins with a typographic quote, which quotes nothing`, suggestion };
  }
  const split = splitWords(text);
  if ('error' in split) {
    return split.error === 'unclosed-quote'
      ? { message: `a quote in \`${key}\` is not closed`, suggestion: 'close it, or write \\ before it' }
      : { message: `\`${key}\` ends in a backslash`, suggestion: 'remove it, or double it' };
  }
  const [first, second] = split.words;
  if (first === 'launcher' && second === undefined) {
    const suggestion = 'name a process of the image, such as `web`; launcher is added by itself';
    return { message: `\`${key}\` is \`launcher\` alone, which starts nothing`, suggestion };
  }
  const program = first === 'launcher' ? second : first;
  if (program === undefined || program === '') {
    return {
      message: `\`${key}\` names no program`,
      suggestion: 'write what is to be started, such as `web`',
    };
  }
  return undefined;
}
