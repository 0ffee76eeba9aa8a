package dev.gangway.springboot;

import dev.gangway.KeySource;
import org.springframework.boot.autoconfigure.condition.AnyNestedCondition;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.context.annotation.Condition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/** Matches if the application has ticket keys; see {@link GangwaySettings#isOn}. */
class OnKeys extends AnyNestedCondition {
    OnKeys() {
        super(ConfigurationPhase.REGISTER_BEAN);
    }

    @Conditional(KeysAreSet.class)
    static final class InProperties {}

    @ConditionalOnBean(KeySource.class)
    static final class FromApplication {}

    static final class KeysAreSet implements Condition {
        @Override
        public boolean matches(ConditionContext context, AnnotatedTypeMetadata metadata) {
            return StringUtils.hasText(context.getEnvironment().getProperty("gangway.keys"));
        }
    }
}
