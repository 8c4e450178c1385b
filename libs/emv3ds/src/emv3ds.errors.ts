/** The one error of this lib: a message that breaks the protocol, with all that an Erro needs (emv-3ds.md section 4). */
import { ERROR_CODES } from './codes';
import { maskedText } from './masked-text';
import type { Component } from './messages/common';
import type { Erro } from './messages/erro';
import { SUPPORTED_VERSIONS } from './versions';

/** Transaction ids that an Erro repeats where they are known. */
export interface TransactionIds {
  threeDSServerTransID?: string;
  acsTransID?: string;
  dsTransID?: string;
  sdkTransID?: string;
}

/** What an Erro is made of. `description` defaults to the meaning of the code, `messageVersion` to our newest. */
export interface ErrorFields {
  code: string;
  component: Component;
  detail: string;
  description?: string;
  messageType?: string;
  messageVersion?: string;
  ids?: TransactionIds;
}

/** Builds an Erro. Description and detail are masked and cut to the 2048 characters that the specification allows. */
export function errorMessage(fields: ErrorFields): Erro {
  return {
    messageType: 'Erro',
    messageVersion: fields.messageVersion ?? SUPPORTED_VERSIONS.at(-1) ?? '2.2.0',
    errorCode: fields.code,
    errorComponent: fields.component,
    errorDescription: maskedText(fields.description ?? ERROR_CODES[fields.code] ?? 'Error'),
    errorDetail: maskedText(fields.detail),
    ...(fields.messageType === undefined ? {} : { errorMessageType: fields.messageType }),
    ...fields.ids,
  };
}

/**
 * A message that breaks the protocol, as `component` detected it. `code` is an EMV error code (section 4.1), `detail`
 * names elements, ids or versions, comma separated. It carries no values of the message, and names that the sender chose
 * are masked, so it is safe to log.
 */
export class ProtocolError extends Error {
  readonly code: string;
  readonly component: Component;
  readonly description: string;
  readonly detail: string;
  readonly messageType: string | undefined;
  readonly messageVersion: string | undefined;
  readonly ids: TransactionIds;

  constructor(fields: ErrorFields) {
    const description = maskedText(fields.description ?? ERROR_CODES[fields.code] ?? 'Error');
    const detail = maskedText(fields.detail);
    super(`${fields.messageType ?? 'Message'}: ${fields.code} ${description} (${detail})`);
    this.name = 'ProtocolError';
    this.code = fields.code;
    this.component = fields.component;
    this.description = description;
    this.detail = detail;
    this.messageType = fields.messageType;
    this.messageVersion = fields.messageVersion;
    this.ids = fields.ids ?? {};
  }

  /** The Erro that tells the sender. */
  toErro(): Erro {
    return errorMessage(this);
  }
}
