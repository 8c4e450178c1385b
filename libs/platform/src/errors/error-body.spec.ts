import { CountersignError, type ErrorKind } from '@app/kernel';
import { BadRequestException, HttpException, NotFoundException } from '@nestjs/common';
import { toErrorResponse } from './error-body';
import { toCountersignError } from './error.filter';

/** The contract, written out a second time on purpose (sessions-api.md section 9). */
const CONTRACT: Record<ErrorKind, [status: number, errorType: string]> = {
  invalid_request: [422, 'unprocessable_entity'],
  malformed: [400, 'request_invalid'],
  too_slow: [408, 'request_invalid'],
  too_large: [413, 'request_invalid'],
  unsupported_media_type: [415, 'request_invalid'],
  unauthenticated: [401, 'forbidden'],
  not_found: [404, 'not_found'],
  gone: [410, 'not_found'],
  not_allowed: [403, 'operation_not_allowed'],
  duplicate_request: [409, 'duplicate_requests_detected'],
  conflict: [409, 'conflict'],
  too_many: [429, 'too_many_requests'],
  not_implemented: [501, 'not_implemented'],
  callback_failed: [502, 'callback_failed'],
  unavailable: [503, 'service_not_available'],
  internal: [500, 'internal_server_error'],
};

describe('the error body', () => {
  it.each(Object.entries(CONTRACT))('of %s is %j', (kind, [status, errorType]) => {
    const error = new CountersignError(kind as ErrorKind, ['some_code'], 'for people only');

    expect(toErrorResponse(error, 'req_1')).toEqual({
      status,
      body: { request_id: 'req_1', error_type: errorType, error_codes: ['some_code'] },
    });
  });
});

describe('an error that the framework throws', () => {
  it.each([
    [Object.assign(new Error(), { code: 'FST_ERR_CTP_BODY_TOO_LARGE', statusCode: 413 }), 'too_large'],
    [Object.assign(new Error(), { code: 'FST_ERR_CTP_INVALID_MEDIA_TYPE', statusCode: 415 }), 'unsupported_media_type'],
    [Object.assign(new Error(), { code: 'FST_ERR_CTP_INVALID_JSON_BODY', statusCode: 400 }), 'malformed'],
    [Object.assign(new Error(), { code: 'FST_ERR_BAD_URL', statusCode: 400 }), 'not_found'],
    [Object.assign(new Error(), { code: 'FST_ERR_MAX_PARAM_LENGTH', statusCode: 414 }), 'not_found'],
    [new NotFoundException(), 'not_found'],
    [new HttpException('', 405), 'not_found'],
    [new BadRequestException(), 'malformed'],
    [Object.assign(new Error(), { statusCode: 415 }), 'unsupported_media_type'],
    [Object.assign(new SyntaxError('Unexpected token'), { statusCode: 400 }), 'malformed'],
    [Object.assign(new Error('connect'), { code: 'ECONNREFUSED', syscall: 'connect' }), 'unavailable'],
    [Object.assign(new Error('the database system is starting up'), { code: '57P03' }), 'unavailable'],
    [Object.assign(new Error('sorry, too many clients already'), { code: '53300' }), 'unavailable'],
    [new Error('timeout exceeded when trying to connect'), 'unavailable'],
    [new Error('Connection terminated unexpectedly'), 'unavailable'],
    [Object.assign(new Error('duplicate key'), { code: '23505' }), 'internal'],
    [new Error('SELECT secret FROM somewhere'), 'internal'],
    ['a string', 'internal'],
    [null, 'internal'],
    [undefined, 'internal'],
  ])('%s is %s', (thrown, kind) => {
    expect(toCountersignError(thrown).kind).toBe(kind);
  });

  it('keeps nothing of an unforeseen one in what is answered', () => {
    const { body } = toErrorResponse(toCountersignError(new Error('SELECT secret FROM somewhere')), 'req_1');

    expect(body.error_codes).toEqual(['unknown_error']);
    expect(JSON.stringify(body)).not.toContain('SELECT');
  });
});
