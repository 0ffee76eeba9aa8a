[description]
Ticket-only TLS session resumption: the server keeps no session, and all nodes
with the same ticket keys resume each other's sessions.

[tags]
connector
ssl

[depend]
ssl
?gangway-engine/${gangway.engine}

[before]
alpn
https
http2
http3
openid
ssl-reload

[xml]
etc/gangway-properties.xml
etc/gangway.xml

[lib]
lib/gangway/gangway-jetty.jar

[ini]
gangway.engine?=jdk

[ini-template]
## Where ticket keys come from: a file that is the same on all nodes (file:PATH),
## one secret and the clock (derived:PATH), a store that all nodes share and in which
## they rotate the keys (store:PATH), or memory, for a single node (random:).
# gangway.keys=file:${jetty.base}/etc/ticket.keys

## The TLS implementation: jdk, or conscrypt together with the module conscrypt.
# gangway.engine=jdk

## How long a session may be resumed after its full handshake; at most 7d.
# gangway.ticketLifetime=6h

## How often the key file is read.
# gangway.pollInterval=10s

## A name, if other servers with the same keys must not open tickets of this one.
# gangway.scope=

## Whether the certificates of clients that resume are checked again, as in a full
## handshake. If not, a revoked certificate is accepted until the ticket lifetime
## since its last full handshake is over.
# gangway.checkClientCertificates=true

## Names of connectors that intentionally use TLS without Gangway, separated by
## commas. For any other TLS connector without Gangway, the state is
## CONNECTOR_NOT_SHARING.
# gangway.leaveAlone=
