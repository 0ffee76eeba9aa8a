package dev.gangway.internal.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/** Calls an engine with all kinds of buffers, and records the results and violations of the contract of {@code SSLEngine}. */
final class CheckedEngine {
    final SSLEngine engine;
    final List<String> trace = new ArrayList<>();
    final List<String> violations = new ArrayList<>();
    /** How often the engine has reported the end of its handshake. */
    int finished;

    Optional<Exception> failure = Optional.empty();
    boolean closing;

    private HandshakeStatus last = HandshakeStatus.NOT_HANDSHAKING;

    private final boolean overflowsInPart;

    /** @param overflowsInPart whether {@code unwrap} may produce a part of the data when it reports an overflow */
    CheckedEngine(SSLEngine engine, boolean overflowsInPart) {
        this.engine = engine;
        this.overflowsInPart = overflowsInPart;
    }

    /** The bytes that a call has consumed and produced. */
    static final class Passed {
        final int consumed;
        final byte[] produced;

        Passed(ScatteredBuffers from, ScatteredBuffers to) {
            consumed = from.moved();
            produced = to.passed();
        }

        boolean isProgress() {
            return consumed > 0 || produced.length > 0;
        }
    }

    private interface Call {
        SSLEngineResult run() throws SSLException;
    }

    HandshakeStatus status() {
        return observed(engine.getHandshakeStatus());
    }

    private HandshakeStatus observed(HandshakeStatus status) {
        if (status == HandshakeStatus.FINISHED && last != HandshakeStatus.FINISHED) {
            finished++;
        }
        last = status;
        return status;
    }

    /** @param asks whether to ask the engine for its status first, which containers do not always do */
    Passed wrap(Random random, byte[] data, int room, boolean asks) {
        Optional<HandshakeStatus> before = asks ? Optional.of(status()) : Optional.empty();
        int packet = engine.getSession().getPacketBufferSize();
        boolean wasDone = engine.isOutboundDone();
        int form = random.nextInt(3);
        ScatteredBuffers from = form == 0 ? ScatteredBuffers.one(random, data) : ScatteredBuffers.some(random, data);
        ScatteredBuffers to = ScatteredBuffers.one(random, new byte[room]);
        ScatteredBuffers other = ScatteredBuffers.one(random, new byte[100]);
        String what = "wrap " + data.length + " into " + room;
        Optional<SSLEngineResult> result = run(what, from, to, () -> switch (form) {
            case 0 -> engine.wrap(from.first(), to.first());
            case 1 -> engine.wrap(from.array(), to.first());
            default -> engine.wrap(from.between(other, other), 1, from.count(), to.first());
        });
        require(other.moved() == 0, what + " took from a buffer outside offset and length");
        boolean mustSend = before.filter(status -> status == HandshakeStatus.NEED_WRAP
                        || (status == HandshakeStatus.NOT_HANDSHAKING && finished > 0 && data.length > 0))
                .isPresent();
        if (result.isPresent() && mustSend && room >= packet && !wasDone) {
            require(
                    result.get().bytesProduced() > 0
                            || result.get().getStatus() == Status.CLOSED
                            || result.get().getHandshakeStatus() == HandshakeStatus.FINISHED,
                    what + " makes no progress in " + before.get() + ": " + oneLine(result.get()));
        }
        return new Passed(from, to);
    }

    Passed unwrap(Random random, byte[] packets, int room, boolean asks) {
        if (asks) {
            status();
        }
        int form = random.nextInt(3);
        ScatteredBuffers from = ScatteredBuffers.one(random, packets);
        ScatteredBuffers to = form == 0
                ? ScatteredBuffers.one(random, new byte[room])
                : ScatteredBuffers.some(random, new byte[room]);
        ScatteredBuffers other = ScatteredBuffers.one(random, new byte[100]);
        String what = "unwrap " + packets.length + " into " + room;
        run(what, from, to, () -> switch (form) {
            case 0 -> engine.unwrap(from.first(), to.first());
            case 1 -> engine.unwrap(from.first(), to.array());
            default -> engine.unwrap(from.first(), to.between(other, other), 1, to.count());
        });
        require(other.moved() == 0, what + " wrote to a buffer outside offset and length");
        return new Passed(from, to);
    }

    private Optional<SSLEngineResult> run(String what, ScatteredBuffers from, ScatteredBuffers to, Call call) {
        Optional<SSLEngineResult> result = Optional.empty();
        try {
            result = Optional.of(call.run());
        } catch (SSLException | RuntimeException e) {
            fail(what, e);
        }
        require(from.areSound() && to.areSound(), what + " touched what is not its own");
        result.ifPresent(known -> {
            String line = what + ": " + oneLine(known);
            trace.add(line);
            observed(known.getHandshakeStatus());
            require(from.moved() == known.bytesConsumed(), line + " but took " + from.moved());
            require(to.moved() == known.bytesProduced(), line + " but gave " + to.moved());
            boolean isNoCall = known.getStatus() == Status.BUFFER_UNDERFLOW
                    || (known.getStatus() == Status.BUFFER_OVERFLOW && !(overflowsInPart && what.startsWith("unwrap")));
            require(!isNoCall || (known.bytesConsumed() == 0 && known.bytesProduced() == 0), line);
        });
        return result;
    }

    boolean runTask() {
        Runnable task = engine.getDelegatedTask();
        trace.add("task: " + (task != null));
        if (task != null) {
            task.run();
        }
        return task != null;
    }

    void closeOutbound() {
        closing = true;
        trace.add("closeOutbound");
        engine.closeOutbound();
    }

    void closeInbound() {
        closing = true;
        try {
            engine.closeInbound();
            trace.add("closeInbound");
        } catch (SSLException | RuntimeException e) {
            fail("closeInbound", e);
        }
    }

    private void fail(String what, Exception e) {
        trace.add(what + ": " + e.getClass().getSimpleName());
        if (failure.isEmpty()) {
            failure = Optional.of(e);
        }
    }

    void require(boolean isAsItMustBe, String otherwise) {
        if (!isAsItMustBe) {
            violations.add("call " + trace.size() + ": " + otherwise);
        }
    }

    private static String oneLine(SSLEngineResult result) {
        return result.getStatus() + " " + result.getHandshakeStatus() + " consumed " + result.bytesConsumed()
                + " produced " + result.bytesProduced();
    }
}
