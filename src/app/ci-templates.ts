import { GitopsError } from '../errors.ts';
import { withoutCredentials } from '../model/without-credentials.ts';

/** The text of a file below templates/. */
export type ReadTemplate = (path: string) => string;

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
  /** Address of the deploy service, without a slash at its end; without one the job writes to the config repo itself. */
  readonly service: string | undefined;
}

export const CI_HOSTS = ['gitea', 'github', 'gitlab'] as const;
export type CiHost = (typeof CI_HOSTS)[number];

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

/** A workflow to write: its path in the repo, and its text. */
export type Workflow = readonly [path: string, text: string];

/** The workflow of a tool's repo: builds on every push, and bumps. */
export function toolWorkflow(read: ReadTemplate, host: CiHost, values: ToolCiValues): Workflow {
  const { tool, component, registry, builder, configRepo, service } = values;
  const path = FILES.tool[host];
  const text = fill(read(`tool/${path}`), {
    ...common(values),
    TOOL: tool,
    COMPONENT: component,
    REGISTRY: registry,
    BUILDER: builder,
    CONFIG_REPO: withoutCredentials(configRepo),
    ...(service !== undefined && { SERVICE: withoutCredentials(service) }),
  });
  return [path, text];
}

/** The workflow of the config repo: checks changes, and shows them on pull requests. */
export function configRepoWorkflow(read: ReadTemplate, host: CiHost, values: CiValues): Workflow {
  const path = FILES['config-repo'][host];
  return [path, fill(read(`config-repo/${path}`), common(values))];
}

function common({ branch, cliImage }: CiValues): Readonly<Record<string, string>> {
  return { BRANCH: branch, CLI_IMAGE: cliImage };
}

const PLACEHOLDER = /@([A-Z_]+)@/g;
/** Means nothing to YAML within quotes, to a shell, or to an expression. */
const PLAIN = /^[A-Za-z0-9/][A-Za-z0-9._:/@+~-]*$/;

function fill(template: string, values: Readonly<Record<string, string>>): string {
  return template.replace(PLACEHOLDER, (_, name: string) =>
    name === 'SERVICE' && values.SERVICE === undefined ? '' : plain(name, values[name]),
  );
}

function plain(name: string, value: string | undefined): string {
  const what = name.toLowerCase().replaceAll('_', ' ');
  if (value !== undefined && PLAIN.test(value)) return value;
  const shown = JSON.stringify(withoutCredentials(value ?? ''));
  throw new GitopsError('usage', `this ${what} cannot be written into a workflow: ${shown}`, {
    hint: 'letters, digits and ._:/@+~- can',
  });
}
