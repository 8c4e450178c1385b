import type { Ack, ChallengeReturn, Attempt, NoticeInbox, Step } from '@app/authentication-port';
import { DirectoryServers, Emv3dsConnector, RREQ_PATH } from '@app/connector-emv3ds';
import { newUuidV4 } from '@app/kernel';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createTestDatabase, type TestDatabase } from '../support/database';
import type { ChallengeEnd, ConnectorHouse, UpstreamBehaviour } from './connector.contract';
import { startConnectorServer } from './emv3ds.server';
import {
  answering,
  cut,
  FakeDirectoryServer,
  page,
  silence,
  type Behaviour,
  type Received,
} from './fake-directory-server';

const PROOF = 'AAkBAyIGZVYzIkl0AhYyAAAAAAA=';
const ACS_ID = 'd7c1ee99-9478-44a6-b1f2-391e29c6b340';
const DS_ID = 'f25084f0-5b16-4c0a-ae5d-b24808a95e4b';

/** An ARes for whoever asked. */
export const ares =
  (over: object) =>
  (areq: Received): object => ({
    messageType: 'ARes',
    messageVersion: '2.2.0',
    threeDSServerTransID: areq['threeDSServerTransID'],
    acsTransID: ACS_ID,
    dsTransID: DS_ID,
    acsReferenceNumber: 'ACS-1',
    dsReferenceNumber: 'DS-1',
    ...over,
  });

export const approval = { transStatus: 'Y', eci: '05', authenticationValue: PROOF };

const BEHAVIOURS: Record<Exclude<UpstreamBehaviour, 'is_down'>, Behaviour> = {
  approves: answering(ares(approval)),
  declines: answering(ares({ transStatus: 'N', transStatusReason: '01' })),
  cannot_tell: answering(ares({ transStatus: 'U', transStatusReason: '22' })),
  challenges: answering(
    ares({
      transStatus: 'C',
      acsChallengeMandated: 'N',
      authenticationType: '02',
      acsURL: 'https://acs.example/challenge',
    }),
  ),
  reports_an_error: answering({
    messageType: 'Erro',
    messageVersion: '2.2.0',
    errorCode: '403',
    errorComponent: 'A',
    errorDescription: 'Transient system failure',
    errorDetail: 'The issuer is away',
  }),
  stays_silent: silence,
  cuts_the_connection: cut,
  answers_html: page('<html>maintenance</html>'),
  answers_nothing: page(''),
  answers_500: page('oops', 500),
  answers_garbage: answering('{"messageType":"ARes",'),
  answers_for_another: answering(ares({ ...approval, threeDSServerTransID: '11111111-2222-4333-8444-555555555555' })),
  answers_an_unknown_status: answering(ares({ ...approval, transStatus: 'Q' })),
};

const ranges = (preq: Received): object => ({
  messageType: 'PRes',
  messageVersion: '2.2.0',
  threeDSServerTransID: preq['threeDSServerTransID'],
  dsTransID: newUuidV4(),
  dsStartProtocolVersion: '2.1.0',
  dsEndProtocolVersion: '2.2.0',
  serialNum: '1',
  cardRangeData: [
    {
      startRange: '4000000000000000',
      endRange: '4999999999999999',
      acsStartProtocolVersion: '2.1.0',
      acsEndProtocolVersion: '2.2.0',
      threeDSMethodURL: 'https://acs.example/method',
    },
  ],
});

const listsRanges = (then: Behaviour): Behaviour => {
  const list = answering(ranges);
  return (message) => (message['messageType'] === 'PReq' ? list(message) : then(message));
};

/** Holds one attempt, as sessions would, and lets the connector decide about every notice. */
class OneAttemptInbox implements NoticeInbox {
  attempt: Attempt | null = null;
  connector: Emv3dsConnector;
  readonly steps: Step[] = [];

  async accept(...[, , correlationKey, notice, secrets]: Parameters<NoticeInbox['accept']>): Promise<Ack> {
    if (this.attempt?.transactionId !== correlationKey) return { outcome: 'unknown' };
    const step = await this.connector.advance(this.attempt, { type: 'notice', notice, secrets });
    this.steps.push(step);
    if (!('answer' in step) || !step.answer) throw new Error('A notice must be answered');
    return { outcome: 'answered', answer: step.answer };
  }

  async challengeReturned(): Promise<ChallengeReturn> {
    return { known: true, notificationUrl: null, returnUrl: null };
  }
}

/** The native connector in a server of its own, before a scripted directory server. */
export class Emv3dsHouse implements ConnectorHouse {
  async proof(): Promise<string> {
    return PROOF;
  }

  private constructor(
    private readonly app: NestFastifyApplication,
    private readonly database: TestDatabase,
    readonly directoryServer: FakeDirectoryServer,
    readonly inbox: OneAttemptInbox,
    readonly connector: Emv3dsConnector,
  ) {}

  static async open(): Promise<Emv3dsHouse> {
    const database = await createTestDatabase();
    const directoryServer = new FakeDirectoryServer();
    await directoryServer.start();
    directoryServer.behave(answering(ranges));
    const inbox = new OneAttemptInbox();

    const app = await startConnectorServer(database, inbox, {}, (server) =>
      server.get(DirectoryServers).configure('test', 'visa', directoryServer.url),
    );
    inbox.connector = app.get(Emv3dsConnector);
    return new Emv3dsHouse(app, database, directoryServer, inbox, inbox.connector);
  }

  async behave(behaviour: UpstreamBehaviour): Promise<void> {
    if (behaviour === 'is_down') return this.directoryServer.stop();
    this.directoryServer.behave(listsRanges(BEHAVIOURS[behaviour]));
  }

  asked(): number {
    return this.directoryServer.receivedOf('AReq').length;
  }

  async endChallenge(attempt: Attempt, end: ChallengeEnd): Promise<{ steps: Step[]; answer: string }> {
    const outcome = end === 'success' ? approval : { transStatus: 'N', transStatusReason: '19', eci: '07' };
    return this.deliver(attempt, JSON.stringify({ ...rreq(attempt), ...outcome }));
  }

  /** Posts these bytes as a directory server would, while the inbox holds `attempt`. */
  async deliver(
    attempt: Attempt | null,
    body: string,
    contentType = 'application/json; charset=utf-8',
  ): Promise<{ steps: Step[]; answer: string }> {
    this.inbox.attempt = attempt;
    this.inbox.steps.length = 0;
    const asked = this.directoryServer.receivedOf('AReq').find(isOf(attempt));
    const own = asked?.['threeDSServerURL'];
    const address = typeof own === 'string' ? own : `${await this.app.getUrl()}${RREQ_PATH}`;
    const response = await fetch(address, {
      method: 'POST',
      headers: { 'content-type': contentType },
      body,
    });
    return { steps: [...this.inbox.steps], answer: await response.text() };
  }

  async reset(): Promise<void> {
    await this.directoryServer.stop();
    await this.directoryServer.start();
    this.directoryServer.received.length = 0;
  }

  /** Answers AReqs like this; ranges stay as they are. */
  answer(behaviour: Behaviour): void {
    this.directoryServer.behave(listsRanges(behaviour));
  }

  async url(): Promise<string> {
    return this.app.getUrl();
  }

  async close(): Promise<void> {
    await this.app.close();
    await this.directoryServer.stop();
    await this.database.drop();
  }
}

const isOf =
  (attempt: Attempt | null) =>
  (areq: Received): boolean =>
    areq['threeDSServerTransID'] === attempt?.transactionId;

/** A result of the challenge of `attempt`, without its outcome. */
export const rreq = (attempt: Attempt): object => ({
  messageType: 'RReq',
  messageVersion: '2.2.0',
  threeDSServerTransID: attempt.transactionId,
  acsTransID: ACS_ID,
  dsTransID: DS_ID,
  messageCategory: '01',
  authenticationType: '02',
  interactionCounter: '01',
});
