package dev.gangway.internal.store.etcd;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void find_answerOfEtcd_givesItsParts() {
        Object json = Json.parse(
                "{\"header\":{\"revision\":\"12\"}, \"kvs\" : [ {\"value\":\"YQ==\",\"lease\":0} ],\"more\":true,\"x\":{},\"y\":[]}\n");
        assertThat(Json.text(json, "header", "revision")).contains("12");
        assertThat(Json.text(json, "kvs", "0", "value")).contains("YQ==");
        assertThat(Json.text(json, "kvs", "0", "lease")).contains("0");
        assertThat(Json.text(json, "more")).contains("true");
        assertThat(Json.find(json, "kvs", "1", "value")).isEmpty();
        assertThat(Json.find(json, "header", "revision", "none")).isEmpty();
        assertThat(Json.text(json, "kvs")).isEmpty();
    }

    @Test
    void quote_anyText_isReadBack() {
        for (String text : List.of("", "a\"b\\c", "\n\t\u0001", "ä€")) {
            assertThat(Json.parse(Json.quote(text))).isEqualTo(text);
        }
        assertThat(Json.parse("\"\\u00e4\\n\\/\"")).isEqualTo("ä\n/");
    }

    @Test
    void parse_anythingElse_isRefused() {
        for (String text : List.of(
                "",
                " ",
                "{",
                "[",
                "{\"a\"",
                "{\"a\":",
                "{\"a\":1",
                "{\"a\":1,}",
                "[1,]",
                "[1 2]",
                "{} {}",
                "\"a",
                "\"\\u12",
                "\"\\uxxxx\"",
                "<html>",
                "nul",
                "{a:1}",
                "[".repeat(10_000),
                "{\"a\":".repeat(10_000))) {
            assertThatThrownBy(() -> Json.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
