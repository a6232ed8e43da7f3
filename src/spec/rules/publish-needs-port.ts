import { tcpPortOf } from '../component-view.ts';
import { type Rule, runPath } from '../rule.ts';

/** A route leads to a Service, and a Service to a TCP port. */
export const publishNeedsPort: Rule = ({ components }, report) => {
  for (const { name, kind, run } of components) {
    if (kind !== 'continuous' || run.publish === undefined || tcpPortOf(run) !== undefined) continue;
    const udp = run.port !== undefined;
    report({
      ...(!udp && { lacks: [runPath(name, 'port')] }),
      code: 'TFG201',
      path: runPath(name, 'publish'),
      message: `component \`${name}\` is published without a ${udp ? 'TCP port' : 'port'}`,
      suggestion: udp
        ? 'remove `port_protocol: udp`: the web speaks TCP'
        : 'set `port` to the port that the process listens on; `PORT` holds it then',
    });
  }
};
