import { type Rule, runPath } from '../rule.ts';

export const portProtocol: Rule = ({ components }, report) => {
  for (const { name, kind, run } of components) {
    if (kind !== 'continuous' || run.port_protocol === undefined || run.port !== undefined) continue;
    report({
      code: 'TFG217',
      severity: 'warning',
      path: runPath(name, 'port_protocol'),
      at: 'key',
      lacks: [runPath(name, 'port')],
      message: '`port_protocol` has no effect without `port`',
      suggestion: 'set `port`, or remove it',
    });
  }
};
