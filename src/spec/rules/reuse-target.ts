import { nearest } from '../../model/nearest.ts';
import { mendedName } from '../component-name.ts';
import type { ComponentView } from '../component-view.ts';
import type { Finding } from '../finding.ts';
import type { Rule, RuleContext } from '../rule.ts';
import { quoted } from '../words.ts';

/** `reuse_from` names a component that has an image of its own. */
export const reuseTarget: Rule = (context, report) => {
  const bad = context.components.filter(({ doubts }) => doubts.has('name'));
  const mended = new Set(bad.map(({ name }) => mendedName(name)));
  for (const component of context.components) {
    const target = component.build.reuse_from;
    // What a component is going to be called whose name must change is as good as its name.
    if (target === undefined || (mended.has(target) && target !== component.name)) continue;
    const finding = mistakeIn(component, target, context);
    if (finding !== undefined)
      report({ code: 'TFG209', path: ['components', component.name, 'build', 'reuse_from'], ...finding });
  }
};

function mistakeIn(
  { name }: ComponentView,
  target: string,
  { byName, broken }: RuleContext,
): Omit<Finding, 'code'> | undefined {
  if (target === name) {
    return {
      message: `component \`${name}\` reuses itself`,
      suggestion: 'name the component whose build it shares',
    };
  }
  const reused = byName.get(target);
  if (reused === undefined) {
    if (broken.has(target)) return undefined;
    const near = nearest(
      target,
      [...byName.keys(), ...broken].filter((other) => other !== name),
    );
    const suggestion = near === undefined ? 'name a component of this file' : `did you mean \`${near}\`?`;
    return { message: `there is no component ${quoted(target)} to reuse`, suggestion };
  }
  const next = reused.build.reuse_from;
  if (next === undefined) return undefined;
  if (next === name) {
    const message = `components \`${name}\` and \`${target}\` reuse each other`;
    return { message, suggestion: 'one of them needs a build of its own' };
  }
  const end = endOf(target, byName);
  return {
    message: `component \`${target}\` itself reuses ${quoted(next)}`,
    suggestion: end === undefined ? 'one of them needs a build of its own' : `name \`${end}\` instead`,
  };
}

/** The component at the end of a chain of reuse; `undefined` when it is a circle or leads nowhere. */
function endOf(start: string, byName: RuleContext['byName']): string | undefined {
  const seen = new Set<string>();
  let name = start;
  for (;;) {
    const component = byName.get(name);
    if (component === undefined || seen.has(name)) return undefined;
    if (component.build.reuse_from === undefined) return name;
    seen.add(name);
    name = component.build.reuse_from;
  }
}
