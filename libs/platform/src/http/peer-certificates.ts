import type { TLSSocket } from 'node:tls';
import { SystemClock } from '@app/kernel';
import type { buildConnector } from 'undici';

/** The certificate that a server showed when a connection to it stood, checked like every one. */
export interface SeenCertificate {
  /** Common names. */
  readonly subject: string;
  readonly issuer: string;
  readonly notBefore: Date;
  readonly notAfter: Date;
  readonly seenAt: Date;
}

/** Remembers the certificates of the servers that were connected to. Only for servers of which there are few. */
export class PeerCertificates {
  private readonly clock = new SystemClock();
  private readonly seen = new Map<string, SeenCertificate>();

  /** Of the server at this address; null where none was seen, as over `http://`. */
  of(url: string): SeenCertificate | null {
    const { protocol, hostname, port } = URL.parse(url) ?? {};
    return protocol === 'https:' ? (this.seen.get(placeOf(hostname, port)) ?? null) : null;
  }

  /** A connector that looks at the certificate of each connection that it makes. */
  watching(connect: buildConnector.connector): buildConnector.connector {
    return (options, done) =>
      connect(options, (...[error, socket]: Parameters<buildConnector.Callback>) => {
        if (error) return done(error, null);
        if (options.protocol === 'https:') {
          const seen = readFrom(socket as TLSSocket, this.clock.now());
          if (seen) this.seen.set(placeOf(options.hostname, options.port), seen);
        }
        return done(null, socket);
      });
  }
}

/** Numbers of version 6 stand in brackets in one place and bare in the other. */
function placeOf(hostname = '', port = ''): string {
  return `${hostname.replaceAll(/[[\]]/g, '')} ${port === '' ? '443' : port}`;
}

function readFrom(socket: TLSSocket, seenAt: Date): SeenCertificate | null {
  const certificate = socket.getPeerX509Certificate();
  if (!certificate) return null;
  return {
    subject: commonNameIn(certificate.subject),
    issuer: commonNameIn(certificate.issuer),
    notBefore: new Date(certificate.validFrom),
    notAfter: new Date(certificate.validTo),
    seenAt,
  };
}

/** Names are lines of `CN=…`, `O=…`. A certificate may have none. */
function commonNameIn(name: string | undefined): string {
  return (
    name
      ?.split('\n')
      .find((line) => line.startsWith('CN='))
      ?.slice(3) ?? ''
  );
}
