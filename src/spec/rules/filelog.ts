import type { ComponentView } from '../component-view.ts';
import type { PlacedFinding } from '../finding.ts';
import { type Rule, runPath } from '../rule.ts';

const FILES = ['filelog_stdout', 'filelog_stderr'] as const;

/** Log files lie in the tool's home, which must be there. */
export const filelog: Rule = ({ components }, report) => {
  for (const component of components) {
    const { name, run, doubts } = component;
    if (run.filelog && run.mount !== 'all' && !doubts.has('filelog')) report(noHome(component));
    for (const key of FILES) {
      const path = run[key];
      if (path === undefined) continue;
      if (!run.filelog) report(unused(name, key));
      const mistake = mistakeIn(path);
      if (mistake !== undefined) {
        const { message, suggestion } = mistake;
        report({ code: 'TFG213', path: runPath(name, key), message: `\`${key}\` ${message}`, suggestion });
      }
    }
  }
};

function noHome({ name, run }: ComponentView): PlacedFinding {
  return {
    code: 'TFG212',
    path: runPath(name, 'filelog'),
    message: `component \`${name}\` logs to files without the tool's home to write them to`,
    suggestion: 'set `mount: all`, or remove `filelog`',
    ...(run.mount === undefined && { lacks: [runPath(name, 'mount')] }),
  };
}

function unused(name: string, key: string): PlacedFinding {
  return {
    code: 'TFG212',
    severity: 'warning',
    path: runPath(name, key),
    at: 'key',
    lacks: [runPath(name, 'filelog')],
    message: `\`${key}\` has no effect without \`filelog: true\``,
    suggestion: 'set `filelog: true` and `mount: all`, or remove it',
  };
}

/** Absolute, or relative to the tool's home. */
function mistakeIn(path: string): { message: string; suggestion: string } | undefined {
  if (path.startsWith('~') || path.startsWith('$')) {
    return {
      message: 'is taken as written, nothing is expanded',
      suggestion: "a relative path lies in the tool's home",
    };
  }
  if (path.split('/').includes('..')) {
    return {
      message: 'must not hold `..`',
      suggestion: "give an absolute path, or one below the tool's home",
    };
  }
  if (path.endsWith('/')) return { message: 'must be a file, not a folder', suggestion: 'name the file' };
  if (/\p{Cc}/u.test(path)) return { message: 'holds a control character', suggestion: 'remove it' };
  return undefined;
}
