import { nearest } from '../../model/nearest.ts';
import type { Rule } from '../rule.ts';
import { quoted } from '../words.ts';

/** `build.builder` is an entry of the platform's catalogue. */
export const knownBuilder: Rule = ({ components, platform: { builders }, lone }, report) => {
  for (const { name, build } of components) {
    if (build.builder === undefined || Object.hasOwn(builders, build.builder)) continue;
    const names = Object.keys(builders).sort();
    const near = nearest(build.builder, names);
    report({
      code: 'TFG215',
      path: ['components', name, 'build', 'builder'],
      message: `the platform has no builder ${quoted(build.builder)}`,
      suggestion:
        near === undefined
          ? `choose of ${names.map(quoted).join(', ')}; a new one is an entry of \`builders\` in tools-config/platform.yaml`
          : `did you mean \`${near}\`?`,
      ...(lone && { severity: 'warning' }),
    });
  }
};
