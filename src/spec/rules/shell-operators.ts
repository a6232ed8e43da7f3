import { type Rule, runPath } from '../rule.ts';
import { quoted } from '../words.ts';

/** A word that a shell acts upon: `|`, `&&`, `;`, `>file`, `2>&1`, `<<<`; also `;` at the end of a word. */
const OPERATOR = /^(?:\|{1,2}|&{1,2}|[0-9]?>{1,2}(?:&?\S*)|&>{1,2}\S*|<{1,3}\S*|.*;)$/;
/** What is quoted is an ordinary argument. */
const QUOTED = /'[^']*'|"(?:\\[\s\S]|[^"\\])*"|\\[\s\S]/g;

/** No shell stands between, so an operator would be handed to the program as an argument. */
export const shellOperators: Rule = ({ components }, report) => {
  for (const { name, run } of components) {
    for (const key of ['command', 'health_check_script'] as const) {
      const operator = operatorIn(run[key] ?? '');
      if (operator === undefined) continue;
      report({
        code: 'TFG211',
        severity: 'warning',
        path: runPath(name, key),
        message: `${quoted(operator)} in \`${key}\` is no operator, only an argument: there is no shell in between`,
        suggestion: 'run it by a shell: `bash -c "…"`',
      });
    }
  }
};

function operatorIn(command: string): string | undefined {
  if (!/[|&;<>]/.test(command)) return undefined;
  const words = command.replace(QUOTED, 'q').split(/\s+/);
  return words.find((word) => OPERATOR.test(word));
}
