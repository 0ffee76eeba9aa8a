package dev.gangway.internal.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class JsonTest {
    @Test
    void find_answerOfEtcd_givesItsParts() {
        Object json = JsonReader.parse(
                "{\"header\":{\"revision\":\"12\"}, \"kvs\" : [ {\"value\":\"YQ==\",\"lease\":0} ],\"more\":true,\"x\":{},\"y\":[]}\n");
        assertThat(JsonReader.text(json, "header", "revision")).contains("12");
        assertThat(JsonReader.text(json, "kvs", "0", "value")).contains("YQ==");
        assertThat(JsonReader.text(json, "kvs", "0", "lease")).contains("0");
        assertThat(JsonReader.text(json, "more")).contains("true");
        assertThat(JsonReader.find(json, "kvs", "1", "value")).isEmpty();
        assertThat(JsonReader.find(json, "header", "revision", "none")).isEmpty();
        assertThat(JsonReader.text(json, "kvs")).isEmpty();
    }

    @Test
    void of_anyText_isReadBack() {
        for (String text : List.of("", "a\"b\\c", "\n\t\u0001", "ä€")) {
            assertThat(JsonReader.parse(JsonWriter.of(text))).isEqualTo(text);
        }
        assertThat(JsonReader.parse("\"\\u00e4\\n\\/\"")).isEqualTo("ä\n/");
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
            assertThatThrownBy(() -> JsonReader.parse(text)).as(text).isInstanceOf(IllegalArgumentException.class);
        }
    }
}
