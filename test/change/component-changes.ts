import type { ComponentChange } from '../../src/change/component-change.ts';
import { build } from './builds.ts';

export const commit = '4f2c1ab0123456789abcdef0123456789abcdef0';
export const sourced = {
  ...build('a', 9),
  source: { repository: 'https://git.example.org/tools/hello', commit },
};

export function change(
  action: ComponentChange['action'],
  component = 'web',
  of: Partial<ComponentChange> = {},
): ComponentChange {
  return { component, action, build: sourced, ...of };
}
