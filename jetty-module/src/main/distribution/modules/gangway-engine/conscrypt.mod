[description]
Gangway's engine "conscrypt": Jetty's module of that name, and no JVM flag.

[tags]
internal

[depend]
conscrypt
