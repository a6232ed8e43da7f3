import { GitopsError } from '../errors.ts';
import { withoutCredentials } from '../model/without-credentials.ts';
import type { Files } from '../ports/files.ts';

/** What the CI templates leave open. */
export interface CiValues {
  /** Branch whose pushes are built, or of the config repo. */
  readonly branch: string;
  /** Image that holds this program, for the jobs that run it. */
  readonly cliImage: string;
}

export interface ToolCiValues extends CiValues {
  readonly tool: string;
  readonly component: string;
  /** Registry host that the image goes to. */
  readonly registry: string;
  /** Image of the platform's builder catalogue. */
  readonly builder: string;
  /** As `--repo` takes it. */
  readonly configRepo: string;
}

export type CiHost = 'gitea' | 'github' | 'gitlab';

const FILES: Readonly<Record<'tool' | 'config-repo', Readonly<Record<CiHost, string>>>> = {
  tool: {
    gitea: '.gitea/workflows/deploy.yaml',
    github: '.github/workflows/deploy.yaml',
    gitlab: '.gitlab-ci.yml',
  },
  'config-repo': {
    gitea: '.gitea/workflows/check.yaml',
    github: '.github/workflows/check.yaml',
    gitlab: '.gitlab-ci.yml',
  },
};

/** The workflow of a tool's repo (path and text): builds on every push, and bumps. */
export function toolWorkflow(
  templates: Files,
  host: CiHost,
  values: ToolCiValues,
): Promise<readonly [string, string]> {
  const { tool, component, registry, builder, configRepo } = values;
  return fill(templates, `tool/${FILES.tool[host]}`, {
    ...common(values),
    TOOL: tool,
    COMPONENT: component,
    REGISTRY: registry,
    BUILDER: builder,
    CONFIG_REPO: withoutCredentials(configRepo),
  });
}

/** The workflow of the config repo (path and text): checks changes, and shows them on pull requests. */
export function configRepoWorkflow(
  templates: Files,
  host: CiHost,
  values: CiValues,
): Promise<readonly [string, string]> {
  return fill(templates, `config-repo/${FILES['config-repo'][host]}`, common(values));
}

function common({ branch, cliImage }: CiValues): Readonly<Record<string, string>> {
  return { BRANCH: branch, CLI_IMAGE: cliImage };
}

const PLACEHOLDER = /@([A-Z_]+)@/g;
/** Means nothing to YAML within quotes, to a shell, or to an expression. */
const PLAIN = /^[A-Za-z0-9/][A-Za-z0-9._:/@+~-]*$/;

async function fill(
  templates: Files,
  template: string,
  values: Readonly<Record<string, string>>,
): Promise<readonly [string, string]> {
  const text = await templates.read(template);
  if (text === undefined) throw new GitopsError('filesystem', `${templates.root}/${template} is missing`);
  const filled = text.replace(PLACEHOLDER, (_, name: string) => plain(name, values[name]));
  return [template.slice(template.indexOf('/') + 1), filled];
}

function plain(name: string, value: string | undefined): string {
  const what = name.toLowerCase().replaceAll('_', ' ');
  if (value !== undefined && PLAIN.test(value)) return value;
  const shown = JSON.stringify(withoutCredentials(value ?? ''));
  throw new GitopsError('usage', `this ${what} cannot be written into a workflow: ${shown}`, {
    hint: 'letters, digits and ._:/@+~- can',
  });
}
