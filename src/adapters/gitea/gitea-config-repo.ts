import { GitopsError } from '../../errors.ts';
import type { Change } from '../../model/change.ts';
import { messageWithId } from '../../model/change-id.ts';
import type { CommitId, CommitOptions, ConfigRepo, Landed, Snapshot } from '../../ports/config-repo.ts';
import { type ClientOptions, giteaClient, type Reply } from './gitea-client.ts';
import { replyError } from './gitea-errors.ts';
import { type Place, readLog, readTip, searchLanded } from './gitea-history.ts';
import { checkPaths, type Operation, planOperations, unwritable } from './gitea-plan.ts';
import { type BulkRepo, type GiteaSnapshot, giteaSnapshot } from './gitea-snapshot.ts';
import { isBranchName } from './gitea-url.ts';
import { WRITTEN } from './replies.ts';

export interface GiteaRepoOptions extends ClientOptions {
  readonly branch: string;
  /** The same branch by git: takes changes of many files, for which Gitea's API is slow (9 ms a file). */
  readonly bulk?: BulkRepo | undefined;
  /** A change of more files than this goes there. */
  readonly bulkFiles?: number | undefined;
}

interface Context extends Place {
  readonly options: GiteaRepoOptions;
  readonly snapshotAt: (commit: CommitId) => GiteaSnapshot;
  /** Snapshots of this adapter know the blobs that they have read. */
  readonly own: WeakMap<Snapshot, GiteaSnapshot>;
}

/** Measured on a Gitea 1.26: a commit of so many files takes as long by its API as a fetch and a push by git. */
const BULK_FILES = 60;
/** What a lost race looks like. Its winner may not be done yet, so it is sent again while the branch stands still. */
const LOST_RACE: ReadonlySet<number> = new Set([403, 500]);
/** How often, and milliseconds between, at least: more with each. */
const TRIES = 4;
const PAUSE = 400;

/** The config repo over Gitea's API: a handful of requests a change, no clone. */
export function giteaConfigRepo(options: GiteaRepoOptions): ConfigRepo {
  const { branch, bulk, bulkFiles = BULK_FILES } = options;
  const client = giteaClient(options);
  if (!isBranchName(branch)) throw new GitopsError('usage', `${client.name}: that is no name of a branch`);
  const snapshotAt = (commit: CommitId) => giteaSnapshot({ client, commit, bulk, bulkFiles });
  const context: Context = { client, branch, options, snapshotAt, own: new WeakMap() };
  return {
    name: client.name,
    async head() {
      const snapshot = snapshotAt((await readTip(context)).commit);
      context.own.set(snapshot, snapshot);
      return snapshot;
    },
    commit: (base, change, how) => commitChange(context, base, change, how),
    log: (path, limit) => readLog(context, path, limit),
    async findLanded(base, changeId) {
      const head = (await readTip(context)).commit;
      return (await searchLanded(context, { base, head, changeId }))?.commit;
    },
  };
}

async function commitChange(
  context: Context,
  base: Snapshot,
  change: Change,
  how: CommitOptions,
): Promise<Landed> {
  const { client, options, own, snapshotAt } = context;
  const { bulk, bulkFiles = BULK_FILES } = options;
  checkPaths(client.name, change);
  const obstacle = unwritable(change);
  if (bulk !== undefined && (change.files.length > bulkFiles || obstacle !== undefined)) {
    return bulk.commit(base, change, how);
  }
  if (obstacle !== undefined) {
    throw new GitopsError('refused', `${client.name}: Gitea's API cannot write this change: ${obstacle}`, {
      hint: 'name the repo by its git address',
    });
  }
  const snapshot = own.get(base) ?? snapshotAt(base.commit);
  const operations = await planOperations(client.name, snapshot, change);
  if (operations.length === 0) return { commit: base.commit, parent: base.commit };
  return write(context, base.commit, {
    operations,
    message: messageWithId(change.message, how.changeId),
    how,
  });
}

interface Writing {
  readonly operations: readonly Operation[];
  readonly message: string;
  readonly how: CommitOptions;
}

/** What became of it is read off the branch, never off a failure's text. */
async function write(context: Context, base: CommitId, writing: Writing): Promise<Landed> {
  const { clock } = context.options;
  const { name } = context.client;
  for (let attempt = 1; ; attempt += 1) {
    const began = clock.now();
    const reply = await send(context, writing);
    const took = clock.now() - began;
    const written = writtenBy(reply, base);
    if (written !== undefined) return written;
    if (reply.status === 401 || reply.status === 423) throw replyError(name, DOING, reply);
    const tip = await readTip(context);
    if (tip.commit !== base) {
      const search = { base, head: tip.commit, changeId: writing.how.changeId };
      const landed = await searchLanded(context, search);
      if (landed !== undefined) return landed;
      throw staleHead(name);
    }
    checkStandingStill(name, reply, !tip.mayPush || attempt === TRIES);
    await clock.sleep(Math.ceil(Math.max(PAUSE * attempt, took) * (0.5 + clock.random())));
  }
}

/** `undefined` when it is not known from the answer. */
function writtenBy(reply: Reply, base: CommitId): Landed | undefined {
  const written = WRITTEN.safeParse(reply.json);
  if (reply.status !== 201 || !written.success) return undefined;
  const { sha, parents } = written.data.commit;
  return { commit: sha, parent: parents[0]?.sha ?? base };
}

const DOING = 'commit';

function send({ client, branch }: Context, { operations, message, how }: Writing): Promise<Reply> {
  const { author, committer, date } = how;
  const body = {
    branch,
    message,
    author: { ...author },
    committer: { ...committer },
    dates: { author: date, committer: date },
    files: [...operations],
  };
  return client.ask((api, owner, repo) => api.repos.repoChangeFiles(owner, repo, body));
}

function staleHead(name: string): GitopsError {
  return new GitopsError('stale-head', `${name}: another commit came first`, {
    hint: 'plan the change again on the new head',
  });
}

/** Nothing has moved, so nothing was written yet: a race, a refusal of this change, or a failure that may pass. */
function checkStandingStill(name: string, reply: Reply, last: boolean): void {
  if (LOST_RACE.has(reply.status) && !last) return;
  if (REFUSALS.has(reply.status)) {
    throw new GitopsError('refused', `${name}: Gitea does not take this change (${reply.status})`, {
      hint: 'a file may stand where a folder is needed, or a proxy may limit the size: make the change by git',
    });
  }
  const failed = reply.status === 404 ? { ...reply, status: 0, text: 'the server answered 404' } : reply;
  throw replyError(name, DOING, failed);
}

const REFUSALS: ReadonlySet<number> = new Set([400, 405, 411, 413, 414, 415, 422]);
