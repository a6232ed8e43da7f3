import { isServiceName } from '../../model/names.ts';
import type { Rule } from '../rule.ts';

/** A component with a port gets a Service of its name, whose names are stricter. */
export const serviceName: Rule = ({ components }, report) => {
  for (const { name, kind, run, doubts } of components) {
    if (doubts.has('name') || kind !== 'continuous' || run.port === undefined || isServiceName(name))
      continue;
    report({
      code: 'TFG208',
      path: ['components', name],
      at: 'key',
      message: `component \`${name}\` has a port, so its name must be one that a Service can have`,
      suggestion: `begin with a letter and use no dot: \`${serviceNameFrom(name)}\``,
    });
  }
};

function serviceNameFrom(name: string): string {
  const plain = name.replaceAll('.', '-');
  return /^[a-z]/.test(plain) ? plain : `c-${plain}`;
}
