/** tools-config/<tool>/tokens.yaml: who may deploy the tool through the service; written by the deploy bot alone. */

export interface TokensFile {
  readonly tokens: readonly DeployToken[];
}

/** A token is 256 random bits, shown once; what is kept tells nothing of it. */
export interface DeployToken {
  /** Names the token in lists and for revoking; unique within its tool. */
  readonly id: string;
  /** Hex SHA-256 of the token. */
  readonly sha256: string;
  readonly created_by: string;
  /** RFC 3339, UTC. */
  readonly created_at: string;
  /** What it is for. */
  readonly note?: string;
  /** RFC 3339, UTC; good for ever without it. */
  readonly expires_at?: string;
}
