import { type Rule, runPath } from '../rule.ts';

/** The tool has one web address, so one component answers there. */
export const publishOnce: Rule = ({ components }, report) => {
  const [first, ...others] = components.filter(
    ({ kind, run, doubts }) => kind === 'continuous' && run.publish !== undefined && !doubts.has('publish'),
  );
  for (const { name, run } of others) {
    report({
      code: 'TFG202',
      path: runPath(name, 'publish'),
      message: `components \`${first?.name}\` and \`${name}\` both publish \`${run.publish}\``,
      suggestion: 'keep `publish` on the one that answers the web',
    });
  }
};
