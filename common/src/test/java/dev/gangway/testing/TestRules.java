package dev.gangway.testing;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.AccessTarget.MethodCallTarget;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** Tasks that are reserved to one class each, because they are easily done wrong. */
public final class TestRules {
    @ArchTest
    static final ArchRule onlyChildProcessStartsProcesses = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ChildProcess.class.getName())
            .should()
            .callMethodWhere(describe(
                    "a process is started: it hangs one day, and the build with it",
                    call -> is(call, "java.lang.ProcessBuilder", "start", "startPipeline")
                            || is(call, "java.lang.Runtime", "exec")));

    @ArchTest
    static final ArchRule onlyPrerequisiteSkipsTests = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Prerequisite.class.getName())
            .should()
            .dependOnClassesThat(describe(
                    "skip a test, which nobody notices",
                    type -> List.of(
                                    "org.junit.jupiter.api.Assumptions",
                                    "org.assertj.core.api.Assumptions",
                                    "org.opentest4j.TestAbortedException",
                                    "org.junit.jupiter.api.Disabled")
                            .contains(type.getName())));

    @ArchTest
    static final ArchRule nobodySleepsInsteadOfWaiting = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(Await.class.getName())
            .and()
            .doNotHaveFullyQualifiedName(RealSecond.class.getName())
            .should()
            .callMethodWhere(describe(
                    "a thread sleeps for a time that is too short on a busy machine",
                    call -> is(call, "java.lang.Thread", "sleep")
                            || is(call, "java.util.concurrent.TimeUnit", "sleep")
                            || is(call, "java.util.concurrent.locks.LockSupport", "parkNanos")));

    private TestRules() {}

    private static boolean is(JavaMethodCall call, String owner, String... names) {
        MethodCallTarget target = call.getTarget();
        return target.getOwner().getFullName().equals(owner) && List.of(names).contains(target.getName());
    }
}
