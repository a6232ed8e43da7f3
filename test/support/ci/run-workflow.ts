import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { type Env, runShell, type ShellRun } from './shell.ts';

/** A Gitea or GitHub Actions workflow, as far as the templates use them. */
export interface Workflow {
  readonly on: Readonly<Record<string, unknown>>;
  readonly env?: Env;
  readonly jobs: Readonly<Record<string, Job>>;
}

export interface Job {
  readonly needs?: string;
  readonly container: { readonly image: string; readonly options?: string };
  readonly outputs?: Env;
  readonly steps: readonly Step[];
}

export interface Step {
  readonly id?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly env?: Env;
  readonly run?: string;
  readonly 'continue-on-error'?: boolean;
}

export interface WorkflowSetting {
  /** Folder for the jobs' workspaces. */
  readonly scratch: string;
  /** Makes a workspace what actions/checkout would make it. */
  checkout(workspace: string): void;
  /** The runner's own variables: PATH, GITHUB_… */
  readonly env: Env;
  /** Values of expressions: `secrets.X`, `github.token`. */
  readonly context: Env;
}

export interface WorkflowRun extends ShellRun {
  readonly jobs: readonly string[];
}

export function parseWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

/** Runs a workflow's jobs in order, each in an empty workspace, until a step fails. */
export async function runWorkflow(text: string, setting: WorkflowSetting): Promise<WorkflowRun> {
  const workflow = parseWorkflow(text);
  const context: Record<string, string> = { ...setting.context };
  const jobs: string[] = [];
  let log = '';
  for (const [name, job] of Object.entries(workflow.jobs)) {
    if (job.needs !== undefined && !jobs.includes(job.needs)) throw new Error(`${name} needs ${job.needs}`);
    const ended = await runJob(job, { ...setting, context, env: { ...setting.env, ...workflow.env } });
    log += ended.log;
    if (ended.code !== 0) return { code: ended.code, log, jobs };
    jobs.push(name);
    for (const [key, value] of Object.entries(job.outputs ?? {})) {
      context[`needs.${name}.outputs.${key}`] = evaluate(value, { ...context, ...ended.outputs });
    }
  }
  return { code: 0, log, jobs };
}

async function runJob(job: Job, setting: WorkflowSetting): Promise<ShellRun & { readonly outputs: Env }> {
  const workspace = mkdtempSync(join(setting.scratch, 'job-'));
  const outputs: Record<string, string> = {};
  let log = '';
  for (const step of job.steps) {
    if (step.if !== undefined && !holds(step.if, setting.context)) continue;
    if (step.uses !== undefined) setting.checkout(workspace);
    const ended = await runStep(step, workspace, setting);
    log += ended.log;
    Object.assign(outputs, ended.outputs);
    if (ended.code !== 0 && !step['continue-on-error']) return { code: ended.code, log, outputs };
  }
  return { code: 0, log, outputs };
}

async function runStep(
  { id, env, run = '' }: Step,
  workspace: string,
  setting: WorkflowSetting,
): Promise<ShellRun & { readonly outputs: Env }> {
  const file = join(mkdtempSync(join(setting.scratch, 'output-')), 'output');
  writeFileSync(file, '');
  const all = { ...setting.env, ...evaluated(env, setting.context), GITHUB_OUTPUT: file };
  const ended = await runShell(run, workspace, all);
  const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
  const outputs = lines.map((line) => {
    const equals = line.indexOf('=');
    return [`steps.${id}.outputs.${line.slice(0, equals)}`, line.slice(equals + 1)];
  });
  return { ...ended, outputs: Object.fromEntries(outputs) };
}

function evaluated(env: Env | undefined, context: Env): Env {
  return Object.fromEntries(
    Object.entries(env ?? {}).map(([name, value]) => [name, evaluate(value, context)]),
  );
}

function evaluate(text: string, context: Env): string {
  return text.replace(/\$\{\{\s*([\w.-]+)\s*\}\}/g, (_, name: string) => context[name] ?? '');
}

function holds(condition: string, context: Env): boolean {
  const [, name = '', value] = /^([\w.]+) == '(\w+)'$/.exec(condition) ?? [];
  if (value === undefined) throw new Error(`cannot evaluate ${condition}`);
  return context[name] === value;
}
