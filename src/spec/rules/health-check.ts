import { tcpPortOf } from '../component-view.ts';
import { type Report, type Rule, runPath } from '../rule.ts';
import type { RunSpec } from '../toolforge-schema.ts';

/** One health check, and one that can be asked. */
export const healthCheck: Rule = ({ components }, report) => {
  for (const { name, kind, run } of components) {
    if (kind !== 'continuous' || run.health_check_http === undefined) continue;
    if (run.health_check_script !== undefined) {
      report({
        code: 'TFG203',
        path: runPath(name, 'health_check_script'),
        at: 'key',
        message: `component \`${name}\` has both \`health_check_http\` and \`health_check_script\``,
        suggestion: 'keep one of them',
      });
    }
    httpMistakes(name, run, run.health_check_http, report);
  }
};

function httpMistakes(name: string, run: RunSpec, check: string, report: Report): void {
  const path = runPath(name, 'health_check_http');
  if (tcpPortOf(run) === undefined) {
    const udp = run.port !== undefined;
    report({
      ...(!udp && { lacks: [runPath(name, 'port')] }),
      code: 'TFG204',
      path,
      message: `component \`${name}\` has an HTTP health check without a ${udp ? 'TCP port' : 'port'}`,
      suggestion: udp ? 'use `health_check_script`' : 'set `port`, or use `health_check_script`',
    });
  }
  if (!check.startsWith('/')) {
    report({
      code: 'TFG204',
      path,
      message: '`health_check_http` must be a path that begins with `/`',
      suggestion: /^https?:/i.test(check)
        ? 'give the path alone, without scheme, host and port'
        : 'put `/` before it',
    });
  } else if (/[\s\p{Cc}#]/u.test(check)) {
    report({
      code: 'TFG204',
      path,
      message: '`health_check_http` holds a character that a path cannot have',
      suggestion: 'write spaces as %20; leave out what begins with #',
    });
  }
}
