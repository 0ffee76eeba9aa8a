[description]
Gangway's engine "jdk": the JVM flag that lets shared keys reach the JDK's TLS.

[tags]
internal

[exec]
--add-opens=java.base/sun.security.ssl=ALL-UNNAMED

[jpms]
add-opens: java.base/sun.security.ssl=dev.gangway.jetty
