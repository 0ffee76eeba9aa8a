package dev.gangway.internal.jmx;

import dev.gangway.TicketKeysMXBean;
import javax.management.DescriptorRead;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanInfo;
import javax.management.MBeanOperationInfo;
import javax.management.StandardMBean;

/** An MXBean whose description is in the {@link Description} annotations of its interface. */
final class DescribedMBean extends StandardMBean {
    DescribedMBean(TicketKeysMXBean bean) {
        super(bean, TicketKeysMXBean.class, true);
    }

    @Override
    protected String getDescription(MBeanInfo info) {
        return description(info);
    }

    @Override
    protected String getDescription(MBeanAttributeInfo info) {
        return description(info);
    }

    @Override
    protected String getDescription(MBeanOperationInfo info) {
        return description(info);
    }

    @Override
    protected int getImpact(MBeanOperationInfo info) {
        return MBeanOperationInfo.ACTION;
    }

    private static String description(DescriptorRead info) {
        return String.valueOf(info.getDescriptor().getFieldValue(Description.FIELD));
    }
}
