/** Status and text of each code: https://docs.discord.com/developers/topics/opcodes-and-status-codes */
const CODES = {
  0: [404, '404: Not Found'],
  10003: [404, 'Unknown Channel'],
  10004: [404, 'Unknown Guild'],
  10008: [404, 'Unknown Message'],
  10013: [404, 'Unknown User'],
  10014: [400, 'Unknown Emoji'],
  10015: [404, 'Unknown Webhook'],
  10062: [404, 'Unknown interaction'],
  10063: [404, 'Unknown application command'],
  10087: [404, 'Unknown Tag'],
  30010: [403, 'Maximum number of reactions reached (20)'],
  30032: [400, 'Maximum number of application commands reached (100).'],
  30034: [400, 'Max number of daily application command creates has been reached (200)'],
  40033: [400, 'This message has already been crossposted.'],
  40058: [400, 'Cannot send a message in a forum channel'],
  40060: [400, 'Interaction has already been acknowledged.'],
  40067: [400, 'A tag is required to create a forum post in this channel'],
  40094: [400, 'Maximum number of follow-up messages for this interaction reached'],
  50001: [403, 'Missing Access'],
  50005: [403, 'Cannot edit a message authored by another user'],
  50006: [400, 'Cannot send an empty message'],
  50007: [403, 'Cannot send messages to this user'],
  50013: [403, 'Missing Permissions'],
  50024: [400, 'Cannot execute action on this channel type'],
  50027: [401, 'Invalid Webhook Token'],
  50035: [400, 'Invalid Form Body'],
  50083: [400, 'Thread is archived'],
  50109: [400, 'The request body contains invalid JSON.'],
  160002: [403, 'Cannot reply without permission to read message history'],
  160004: [400, 'A thread has already been created for this message'],
  160005: [403, 'Thread is locked'],
  160006: [400, 'Maximum number of active threads reached'],
} as const satisfies Readonly<Record<number, readonly [status: number, message: string]>>;

export type ErrorCode = keyof typeof CODES;

/** A fault of one field: its path in the body, Discord's name of the fault, and its text. */
export interface FieldError {
  readonly path: readonly PropertyKey[];
  readonly code: string;
  readonly message: string;
}

/** An answer that is an error, in Discord's shape. */
export class ApiError extends Error {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;

  constructor(status: number, body: Readonly<Record<string, unknown>>) {
    super(String(body['message']));
    this.status = status;
    this.body = body;
  }
}

export function apiError(code: ErrorCode): ApiError {
  const [status, message] = CODES[code];
  return new ApiError(status, { message, code });
}

/** 401 without a code of its own. */
export function unauthorized(): ApiError {
  return new ApiError(401, { message: '401: Unauthorized', code: 0 });
}

/** 50035 with the faults nested as the body is. */
export function invalidForm(faults: readonly FieldError[]): ApiError {
  const errors: Tree = {};
  for (const { path, code, message } of faults) {
    let node = errors;
    for (const key of path) node = branch(node, String(key));
    const list = (node['_errors'] ??= []);
    if (Array.isArray(list)) list.push({ code, message });
  }
  return new ApiError(400, { message: 'Invalid Form Body', code: 50035, errors });
}

interface Tree {
  [key: string]: Tree | { code: string; message: string }[];
}

function branch(node: Tree, key: string): Tree {
  const next = (node[key] ??= {});
  return Array.isArray(next) ? {} : next;
}
