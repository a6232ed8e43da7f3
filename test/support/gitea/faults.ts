/** What goes wrong with a request. */
export interface Fault {
  /**
   * `before`: the server does nothing but this. `after`: it does the work first, so that only the answer is lost.
   */
  readonly when: 'before' | 'after';
  /**
   * `cut`: the connection ends without an answer. `hang`: no answer, ever. `truncate`: half of the answer, then the
   * end. `garbage`: text that is no JSON (200, or `status`). `status`: another status with a blank message. `slow`: the right
   * answer, late.
   */
  readonly kind: 'cut' | 'hang' | 'truncate' | 'garbage' | 'status' | 'slow';
  /** Of `status` (500 unless given) and `garbage` (200). */
  readonly status?: number;
  /** Headers of `status`: `{ 'Retry-After': '1' }`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Of `slow`; milliseconds. */
  readonly delay?: number;
}

/** A request as the server saw it. */
export interface SeenRequest {
  /** Counts the API's requests since the start or the last `reset`, from 1; 0 for git's. */
  readonly number: number;
  readonly method: string;
  /** As sent, with its query. */
  readonly path: string;
  readonly bytesIn: number;
}

export interface RequestRecord extends SeenRequest {
  bytesOut: number;
  /** 0 while there is no answer. */
  status: number;
}

interface Plan {
  readonly matches: (request: SeenRequest) => boolean;
  readonly fault: Fault;
  left: number;
}

/** Which requests fail, and what was asked. */
export class Faults {
  readonly requests: RequestRecord[] = [];
  #plans: Plan[] = [];
  #count = 0;
  #onFault: () => void = () => undefined;

  /** Called once, when the next fault takes effect: after its request's work where it has some. */
  onFault(listener: () => void): void {
    this.#onFault = listener;
  }

  took(): void {
    const listener = this.#onFault;
    this.#onFault = () => undefined;
    listener();
  }

  /** The n-th API request from the last `reset`, or those that the test picks, at most `times` of them. */
  add(
    which: number | ((request: SeenRequest) => boolean),
    fault: Fault,
    times = Number.POSITIVE_INFINITY,
  ): void {
    const matches = typeof which === 'number' ? ({ number }: SeenRequest) => number === which : which;
    this.#plans.push({ matches, fault, left: times });
  }

  /** No faults any more, nothing recorded, counting from 1 again. */
  reset(): void {
    this.#plans = [];
    this.requests.length = 0;
    this.#count = 0;
  }

  record(request: Omit<SeenRequest, 'number'>, kind: 'api' | 'git'): RequestRecord {
    if (kind === 'api') this.#count += 1;
    const record = { ...request, number: kind === 'api' ? this.#count : 0, bytesOut: 0, status: 0 };
    this.requests.push(record);
    return record;
  }

  next(request: SeenRequest): Fault | undefined {
    const plan = this.#plans.find(({ matches, left }) => left > 0 && matches(request));
    if (plan === undefined) return undefined;
    plan.left -= 1;
    return plan.fault;
  }
}
