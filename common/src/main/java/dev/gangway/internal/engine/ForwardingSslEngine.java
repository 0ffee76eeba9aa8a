package dev.gangway.internal.engine;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/** Forwards every call to another engine, except those that carry bytes or the handshake status. */
public abstract class ForwardingSslEngine extends SSLEngine {
    private final SSLEngine own;

    protected ForwardingSslEngine(SSLEngine own) {
        super(own.getPeerHost(), own.getPeerPort());
        this.own = own;
    }

    /** The engine that does the work, below all forwarding engines. */
    public final SSLEngine own() {
        return own instanceof ForwardingSslEngine forwarding ? forwarding.own() : own;
    }

    @Override
    public Runnable getDelegatedTask() {
        return own.getDelegatedTask();
    }

    @Override
    public boolean isInboundDone() {
        return own.isInboundDone();
    }

    @Override
    public boolean isOutboundDone() {
        return own.isOutboundDone();
    }

    @Override
    public String[] getSupportedCipherSuites() {
        return own.getSupportedCipherSuites();
    }

    @Override
    public String[] getEnabledCipherSuites() {
        return own.getEnabledCipherSuites();
    }

    @Override
    public void setEnabledCipherSuites(String[] suites) {
        own.setEnabledCipherSuites(suites);
    }

    @Override
    public String[] getSupportedProtocols() {
        return own.getSupportedProtocols();
    }

    @Override
    public String[] getEnabledProtocols() {
        return own.getEnabledProtocols();
    }

    @Override
    public void setEnabledProtocols(String[] protocols) {
        own.setEnabledProtocols(protocols);
    }

    @Override
    public SSLSession getSession() {
        return own.getSession();
    }

    @Override
    public SSLSession getHandshakeSession() {
        return own.getHandshakeSession();
    }

    @Override
    public void beginHandshake() throws SSLException {
        own.beginHandshake();
    }

    @Override
    public void setUseClientMode(boolean mode) {
        own.setUseClientMode(mode);
    }

    @Override
    public boolean getUseClientMode() {
        return own.getUseClientMode();
    }

    @Override
    public void setNeedClientAuth(boolean need) {
        own.setNeedClientAuth(need);
    }

    @Override
    public boolean getNeedClientAuth() {
        return own.getNeedClientAuth();
    }

    @Override
    public void setWantClientAuth(boolean want) {
        own.setWantClientAuth(want);
    }

    @Override
    public boolean getWantClientAuth() {
        return own.getWantClientAuth();
    }

    @Override
    public void setEnableSessionCreation(boolean flag) {
        own.setEnableSessionCreation(flag);
    }

    @Override
    public boolean getEnableSessionCreation() {
        return own.getEnableSessionCreation();
    }

    @Override
    public SSLParameters getSSLParameters() {
        return own.getSSLParameters();
    }

    @Override
    public void setSSLParameters(SSLParameters parameters) {
        own.setSSLParameters(parameters);
    }

    @Override
    public String getApplicationProtocol() {
        return own.getApplicationProtocol();
    }

    @Override
    public String getHandshakeApplicationProtocol() {
        return own.getHandshakeApplicationProtocol();
    }

    @Override
    public String getPeerHost() {
        return own.getPeerHost();
    }

    @Override
    public int getPeerPort() {
        return own.getPeerPort();
    }
}
