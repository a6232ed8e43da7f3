import { cpSync, mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { WorkflowRun, WorkflowSetting } from './run-workflow.ts';
import { type Env, runShell } from './shell.ts';

/** A GitLab pipeline, as far as the templates use them. */
export interface Pipeline {
  readonly stages?: readonly string[];
  readonly variables?: Env;
  readonly [job: string]: unknown;
}

export interface PipelineJob {
  readonly stage?: string;
  readonly image: { readonly name: string };
  readonly variables?: Env;
  readonly script: readonly string[];
  readonly artifacts?: { readonly paths: readonly string[] };
}

export function jobsOf(text: string): readonly (readonly [string, PipelineJob])[] {
  const { stages: _, variables: __, ...jobs } = parse(text) as Pipeline;
  return Object.entries(jobs) as [string, PipelineJob][];
}

/** Runs a pipeline's jobs in order; what one keeps as an artifact lies in the workspace of the next. */
export async function runPipeline(text: string, setting: WorkflowSetting): Promise<WorkflowRun> {
  const { variables } = parse(text) as Pipeline;
  const artifacts = mkdtempSync(join(setting.scratch, 'artifacts-'));
  const done: string[] = [];
  let log = '';
  for (const [name, job] of jobsOf(text)) {
    const workspace = mkdtempSync(join(setting.scratch, 'job-'));
    if (job.variables?.GIT_STRATEGY !== 'none') setting.checkout(workspace);
    cpSync(artifacts, workspace, { recursive: true });
    const env = { ...setting.env, ...variables, ...job.variables };
    const ended = await runShell(job.script.join('\n'), workspace, env);
    log += ended.log;
    if (ended.code !== 0) return { code: ended.code, log, jobs: done };
    done.push(name);
    for (const path of job.artifacts?.paths ?? []) cpSync(join(workspace, path), join(artifacts, path));
  }
  return { code: 0, log, jobs: done };
}
