import type { CommandEntry } from './command.ts';

/** Every command, in the order that help lists them; the code of one is loaded when it is asked for. */
export const commands: readonly CommandEntry[] = [
  {
    name: 'init',
    summary: 'make a new config repo that validates and synthesizes',
    load: async () => (await import('./commands/init.ts')).initCommand,
  },
  {
    name: 'validate',
    summary: 'check what is in tools-config/, or any toolforge.yaml; writes nothing',
    load: async () => (await import('./commands/validate.ts')).validateCommand,
  },
  {
    name: 'schema',
    summary: 'print the JSON Schema of a file, for editors',
    load: async () => (await import('./commands/schema.ts')).schemaCommand,
  },
  {
    name: 'synth',
    summary: 'render the tools into manifests-out/',
    load: async () => (await import('./commands/synth.ts')).synthCommand,
  },
  {
    name: 'diff',
    summary: 'what would change in the cluster, field by field; writes nothing',
    load: async () => (await import('./commands/diff.ts')).diffCommand,
  },
  {
    name: 'workflow',
    summary: "print the CI workflow of a tool's repo, filled in from its spec",
    load: async () => (await import('./commands/workflow.ts')).workflowCommand,
  },
  {
    name: 'publish',
    summary: 'render every tool of the config repo and commit what differs',
    load: async () => (await import('./commands/publish.ts')).publishCommand,
  },
  {
    name: 'bump',
    summary: 'record built images, render the tool anew, commit both: the CI step',
    load: async () => (await import('./commands/bump.ts')).bumpCommand,
  },
  {
    name: 'rollback',
    summary: 'go back to an earlier image, and hold it there',
    load: async () => (await import('./commands/rollback.ts')).rollbackCommand,
  },
  {
    name: 'hold',
    summary: 'keep a component on its image; new builds are recorded and wait',
    load: async () => (await import('./commands/hold.ts')).holdCommand,
  },
  {
    name: 'unhold',
    summary: 'let a component move again; the build that waits is deployed',
    load: async () => (await import('./commands/hold.ts')).unholdCommand,
  },
  {
    name: 'history',
    summary: 'who deployed what, when, from which source commit',
    load: async () => (await import('./commands/history.ts')).historyCommand,
  },
  {
    name: 'pull',
    summary: "fetch a tool's spec from its source_url, check it, commit it with what it renders to",
    load: async () => (await import('./commands/pull.ts')).pullCommand,
  },
  {
    name: 'token',
    summary: 'deploy tokens of a tool: create, list, revoke',
    load: async () => (await import('./commands/token.ts')).tokenCommand,
  },
  {
    name: 'serve',
    summary: 'the deploy service: an HTTP API, webhooks, and a look at the whole fleet now and then',
    load: async () => (await import('./commands/serve.ts')).serveCommand,
  },
];
