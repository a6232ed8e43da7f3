/** Specs for tests of commands, as short as they can be. */

export interface SpecOptions {
  readonly component?: string;
  /** Lines of `run`, without indent. */
  readonly run?: readonly string[];
}

/** A tool of one component that is built from source. */
export function someSpec({ component = 'web', run = ['command: web'] }: SpecOptions = {}): string {
  return [
    'components:',
    `  ${component}:`,
    '    build: {repository: "https://git.example.org/tools/x", ref: main}',
    '    run:',
    ...run.map((line) => `      ${line}`),
    '',
  ].join('\n');
}

export const WEB = someSpec({ run: ['command: web', 'port: 8000', 'publish: /'] });
export const BROKEN = someSpec({ run: ['command: web', 'replica: 2', 'cpu: lots', 'port: 99999'] });

export function platformYaml(more = ''): string {
  return `config_repo: {url: https://gitea.example.org/toolforge/config.git}\n${more}`;
}

export function someDigest(letter: string): string {
  return `sha256:${letter.repeat(64)}`;
}

export function someImage(tool: string, component: string, letter: string): string {
  return `registry.example.org/tool-${tool}/${component}:latest@${someDigest(letter)}`;
}

/** images.yaml with a build for each component. */
export function imagesYaml(tool: string, components: readonly string[]): string {
  const entries = components.map(
    (component) =>
      `  ${component}:\n    image: ${someImage(tool, component, 'a')}\n    built_at: '2026-11-24T10:00:00Z'\n`,
  );
  return `components:\n${entries.join('')}`;
}

/** A config repo's files: platform.yaml and one spec a tool. */
export function configFiles(specs: Readonly<Record<string, string>>, platform = platformYaml()) {
  const tools = Object.entries(specs).map(([tool, text]) => [`tools-config/${tool}/toolforge.yaml`, text]);
  return { 'tools-config/platform.yaml': platform, ...Object.fromEntries(tools) } as Record<string, string>;
}
