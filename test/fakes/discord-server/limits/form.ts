import { z } from 'zod';
import { invalidForm, type FieldError } from '../errors.ts';

/** A text of Discord's: trimmed as Discord does, null allowed where a field may be left out. */
export function text(max: number, min = 0): z.ZodString {
  return z.string().trim().min(min).max(max);
}

export const Snowflake = z.string().regex(/^\d{1,20}$/);

/** A refusal of a rule that a schema can't say, with Discord's name of it. */
export function refuse(
  context: z.core.$RefinementCtx,
  path: PropertyKey[],
  code: string,
  message: string,
): void {
  context.issues.push({ code: 'custom', path, message, input: undefined, params: { code } });
}

/** Checks a body, or throws 50035 with Discord's own names of the faults. */
export function checkForm<Body>(schema: z.ZodType<Body>, body: unknown): Body {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  throw invalidForm(result.error.issues.map(toFieldError));
}

function toFieldError(issue: z.core.$ZodIssue): FieldError {
  const { path } = issue;
  switch (issue.code) {
    case 'too_big':
      return { path, ...tooLong(issue) };
    case 'too_small':
      return { path, ...tooShort(issue) };
    case 'invalid_type':
      return issue.message.includes('received undefined')
        ? { path, code: 'BASE_TYPE_REQUIRED', message: 'This field is required' }
        : { path, code: 'BASE_TYPE_BAD_TYPE', message: issue.message };
    case 'invalid_union':
      return {
        path,
        code: 'UNION_TYPE_CHOICES',
        message: 'Value of field is not one of its types.',
      };
    case 'invalid_value':
      return { path, code: 'BASE_TYPE_CHOICES', message: issue.message };
    case 'invalid_format':
      return {
        path,
        code: 'STRING_TYPE_REGEX',
        message: 'String value did not match its pattern.',
      };
    case 'custom':
      return { path, code: String(issue.params?.['code']), message: issue.message };
    case 'invalid_element':
    case 'invalid_key':
    case 'not_multiple_of':
    case 'unrecognized_keys':
      return { path, code: 'BASE_TYPE_BAD_TYPE', message: issue.message };
  }
}

function tooLong({ origin, maximum }: z.core.$ZodIssueTooBig): Omit<FieldError, 'path'> {
  const limit = String(maximum);
  return origin === 'string' || origin === 'array'
    ? { code: 'BASE_TYPE_MAX_LENGTH', message: `Must be ${limit} or fewer in length.` }
    : { code: 'NUMBER_TYPE_MAX', message: `Value should be less than or equal to ${limit}.` };
}

function tooShort({ origin, minimum }: z.core.$ZodIssueTooSmall): Omit<FieldError, 'path'> {
  const limit = String(minimum);
  if (origin === 'string' && limit === '1') {
    return { code: 'BASE_TYPE_REQUIRED', message: 'This field is required' };
  }
  return origin === 'string' || origin === 'array'
    ? { code: 'BASE_TYPE_MIN_LENGTH', message: `Must be ${limit} or more in length.` }
    : { code: 'NUMBER_TYPE_MIN', message: `Value should be greater than or equal to ${limit}.` };
}
