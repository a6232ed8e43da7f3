import { type Rule, runPath } from '../rule.ts';
import { quoted } from '../words.ts';

/** A word that a shell acts upon: `|`, `&&`, `;`, `>file`, `2>&1`, `<<<`; also `;` at the end of a word. */
const OPERATOR = /^(?:\|{1,2}|&{1,2}|[0-9]?>{1,2}(?:&?\S*)|&>{1,2}\S*|<{1,3}\S*|.*;)$/;
/** What is quoted is an ordinary argument. */
const QUOTED = /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]/g;

/** No shell stands between, so an operator would be handed to the program as an argument. */
export const shellOperators: Rule = function* ({ components }) {
  for (const { name, run } of components) {
    for (const key of ['command', 'health_check_script'] as const) {
      const words = run[key]?.replace(QUOTED, 'q').split(/\s+/) ?? [];
      const operator = words.find((word) => OPERATOR.test(word));
      if (operator === undefined) continue;
      yield {
        code: 'TFG211',
        severity: 'warning',
        path: runPath(name, key),
        message: `${quoted(operator)} in \`${key}\` is no operator, only an argument: there is no shell in between`,
        suggestion: 'run it by a shell: `bash -c "…"`',
      };
    }
  }
};
