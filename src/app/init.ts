import { CONFIG_DIR, OUTPUT_DIR, PLATFORM_FILE, toolFile } from '../model/layout.ts';
import type { Files } from '../ports/files.ts';
import { withStage } from './stage.ts';
import { type Synthesis, synth } from './synth.ts';

export interface Initialised {
  readonly created: readonly string[];
  /** Files that were there already and were left as they are. */
  readonly kept: readonly string[];
  readonly synthesis: Synthesis;
}

/** Makes a folder a config repo that validates and synthesizes; what is there already stays, nor is a tool added to others. */
export async function initRepo(files: Files, ciTemplates: ReadonlyMap<string, string>): Promise<Initialised> {
  const entries = await files.list(CONFIG_DIR);
  const firstTool = entries.some((entry) => entry.endsWith('/')) ? [] : FIRST_TOOL;
  const wanted = new Map([...STARTER, ...firstTool, ...ciTemplates]);
  const created: string[] = [];
  const kept: string[] = [];
  for (const path of wanted.keys()) {
    ((await files.kind(path)) === undefined ? created : kept).push(path);
  }
  await withStage(files, async (stage) => {
    await stage.add(created.map((path) => ({ path, text: wanted.get(path) ?? '' })));
    await stage.commit({ writes: created, deletes: [] });
  });
  return { created, kept, synthesis: await synth(files, { tools: [], keepGoing: false }) };
}

const CDK8S = `# \`cdk8s synth\` works here as well. It empties ${OUTPUT_DIR}/ before it runs, so with a mistake in a spec it
# leaves nothing there: \`toolforge-gitops synth\` is the safe one.
language: typescript
app: npx toolforge-gitops synth --quiet
output: ${OUTPUT_DIR}
`;

const PLATFORM = `# What the platform's admins decide; every key has a default. Put in your own hosts first.
# yaml-language-server: $schema=./platform.schema.json   (toolforge-gitops schema platform > tools-config/platform.schema.json)
domain: toolforge.org
config_repo:
  url: https://gitea.example.org/toolforge/config.git
  branch: main
  web_url: https://gitea.example.org/toolforge/config
registry:
  host: registry.example.org
argocd:
  namespace: argocd
  url: https://argocd.example.org
shards: 1
`;

const HELLO = `# A first tool. It waits for its first build: toolforge-gitops bump hello web=IMAGE@sha256:…
config_version: v1beta1
components:
  web:
    build:
      repository: https://gitea.example.org/tools/hello
      ref: main
    run:
      command: web
      port: 8000
      publish: /
      health_check_http: /healthz
`;

const README = `# Config repo

\`tools-config/<tool>/toolforge.yaml\` says what runs, \`${OUTPUT_DIR}/\` is what Argo CD syncs.

    toolforge-gitops validate        # check every spec
    toolforge-gitops synth           # render ${OUTPUT_DIR}/
    toolforge-gitops diff            # what would change

An admin applies \`${OUTPUT_DIR}/root.yaml\` once; from then on every commit here is rolled out.
`;

const STARTER: ReadonlyMap<string, string> = new Map([
  ['.gitignore', 'node_modules/\n.toolforge-gitops-staging-*\n'],
  ['README.md', README],
  ['cdk8s.yaml', CDK8S],
  [PLATFORM_FILE, PLATFORM],
]);

const FIRST_TOOL = [[toolFile('hello', 'toolforge.yaml'), HELLO]] as const;
