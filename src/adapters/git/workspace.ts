import type { CommitId } from '../../ports/config-repo.ts';
import { branchHead, failed, fetchFrom, noHead, type RemoteContext } from './git-remote.ts';
import { findLocalRepo, isPlain, type LocalRepo } from './local-repo.ts';
import type { CommitTree } from './new-commit.ts';
import { ObjectStore } from './object-store.ts';
import { makeScratch, type Scratch } from './scratch.ts';
import { findEntries, treeEntries } from './tree-object.ts';

const HEAD_REF = 'refs/heads/head';
const SHA1_BYTES = 20;

export interface WorkspaceOptions {
  /** Folder for scratch repos. */
  readonly parent: string;
  /** Each fetch adds a pack, and the folder of all tools comes anew with each head: start afresh after so many. */
  readonly renewAfter: number;
}

/** The scratch repo of one adapter, and what has been fetched into it. */
export class Workspace {
  readonly store: ObjectStore;
  /** The remote where it is on this machine. */
  readonly local: LocalRepo | undefined;
  readonly #context: RemoteContext;
  readonly #options: WorkspaceOptions;
  /** Root trees of the commits that are in the scratch repo. */
  readonly #trees = new Map<CommitId, string>();
  #scratch: Scratch | undefined;
  #fetches = 0;
  #active = 0;
  #queue: Promise<unknown> = Promise.resolve();
  #plain: Promise<boolean> | undefined;

  constructor(context: RemoteContext, options: WorkspaceOptions) {
    this.#context = context;
    this.#options = options;
    this.local = context.remote.kind === 'path' ? findLocalRepo(context.remote.path as string) : undefined;
    this.store = new ObjectStore({
      git: context.git,
      gitDir: () => this.scratch.gitDir,
      fetch: this.local === undefined ? (oids) => this.#fetch(oids, 'tree:0') : undefined,
      failed: (what, stderr) => failed(context, what, stderr),
    });
  }

  get scratch(): Scratch {
    this.#scratch ??= this.another(SHA1_BYTES);
    return this.#scratch;
  }

  /** A further repo, for the caller to remove. */
  another(oidBytes = this.scratch.oidBytes): Scratch {
    return makeScratch({ parent: this.#options.parent, oidBytes, alternate: this.local?.objects });
  }

  /** Git dir of the remote when commits may be put straight into it. */
  async plain(): Promise<string | undefined> {
    if (this.local === undefined) return undefined;
    this.#plain ??= isPlain(this.local, this.#context.git);
    return (await this.#plain) ? this.local.gitDir : undefined;
  }

  async head(): Promise<CommitTree> {
    if (this.#active === 1 && this.#fetches > this.#options.renewAfter) this.#renew(this.scratch.oidBytes);
    return this.#readTree(await this.#newestCommit());
  }

  /** The commit's root tree; fetches the commit where it is not here. */
  async commitTree(commit: CommitId): Promise<CommitTree> {
    if (this.local === undefined && !this.#trees.has(commit)) await this.#fetchCommit(commit);
    return this.#readTree(commit);
  }

  /** Takes note of a commit made here. */
  made({ commit, tree }: CommitTree): void {
    this.#trees.set(commit, tree);
  }

  /** Brings all trees below one, in one go. */
  async fetchTrees(tree: string): Promise<void> {
    if (this.local === undefined) await this.#fetch([tree], 'blob:none');
  }

  /** Runs what works in the scratch repo: it is not exchanged meanwhile. */
  async use<T>(work: () => Promise<T>): Promise<T> {
    this.#active += 1;
    try {
      return await work();
    } finally {
      this.#active -= 1;
    }
  }

  dispose(): void {
    this.#scratch?.remove();
    this.#scratch = undefined;
    this.#trees.clear();
  }

  #renew(oidBytes: number): void {
    this.dispose();
    this.#scratch = this.another(oidBytes);
    this.#fetches = 0;
  }

  async #newestCommit(): Promise<CommitId> {
    const mayBeHere = this.local !== undefined || this.#trees.size > 0;
    if (mayBeHere) {
      const now = await branchHead(this.#context, this.scratch.gitDir);
      if (now === undefined) throw await noHead(this.#context, this.scratch.gitDir);
      if (this.local !== undefined && now.length / 2 !== this.scratch.oidBytes) this.#renew(now.length / 2);
      if (this.local !== undefined || this.#trees.has(now)) return now;
    }
    await this.#fetchCommit(`+refs/heads/${this.#context.branch}:${HEAD_REF}`);
    return this.scratch.ref(HEAD_REF) as CommitId;
  }

  async #readTree(commit: CommitId): Promise<CommitTree> {
    const known = this.#trees.get(commit);
    if (known !== undefined) return { commit, tree: known };
    const data = (await this.store.load([commit])).get(commit) as Buffer;
    const tree = data.toString('latin1', 'tree '.length, data.indexOf(0x0a));
    this.#trees.set(commit, tree);
    return { commit, tree };
  }

  async #fetchCommit(want: string): Promise<void> {
    const filter = (await this.#sendsAll()) ? undefined : 'tree:2';
    const call = { wants: [want], filter, depth: 1 } as const;
    const answer = await this.#inTurn(() => fetchFrom(this.#context.git, this.scratch.gitDir, call));
    this.#fetches += 1;
    if (answer.code === 0) return;
    if (answer.code === undefined) throw failed(this.#context, 'did not answer in time', answer.stderr);
    const now = await branchHead(this.#context, this.scratch.gitDir);
    if (now === undefined) throw await noHead(this.#context, this.scratch.gitDir);
    if (now.length / 2 === this.scratch.oidBytes) {
      throw failed(this.#context, 'cannot be fetched from', answer.stderr);
    }
    this.#renew(now.length / 2);
    await this.#fetchCommit(want);
  }

  async #fetch(wants: readonly string[], filter: 'tree:0' | 'blob:none'): Promise<void> {
    const answer = await this.#inTurn(() =>
      fetchFrom(this.#context.git, this.scratch.gitDir, { wants, filter }),
    );
    this.#fetches += 1;
    if (answer.code !== 0) throw failed(this.#context, 'does not give objects', answer.stderr);
  }

  /** One fetch at a time: git locks its list of shallow commits. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#queue.then(work, work);
    this.#queue = turn.catch(() => undefined);
    return turn;
  }

  /** A server that leaves nothing out has sent all at the first fetch; from then on only news is asked for. */
  async #sendsAll(): Promise<boolean> {
    const [tree] = this.#trees.values();
    if (tree === undefined || this.store.counts.fetches > 0) return false;
    const deep = await this.#somethingDeep(tree);
    if (deep === undefined) return false;
    const { code } = await this.#context.git({
      gitDir: this.scratch.gitDir,
      args: ['cat-file', '-e', deep],
    });
    return code === 0;
  }

  /** An object two folders down, of which a fetch with `tree:2` brings none. */
  async #somethingDeep(root: string): Promise<string | undefined> {
    const { oidBytes } = this.scratch;
    const data = (await this.store.load([root])).get(root) as Buffer;
    const [folder] = findEntries(data, new Set(['tools-config', 'manifests-out']), oidBytes).values();
    if (folder === undefined) return undefined;
    const below = (await this.store.load([folder.oid])).get(folder.oid) as Buffer;
    const [first] = treeEntries(below, oidBytes);
    return first?.oid;
  }
}
