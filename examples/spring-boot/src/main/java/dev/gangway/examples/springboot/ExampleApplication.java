package dev.gangway.examples.springboot;

import dev.gangway.TicketAttributes;
import jakarta.servlet.http.HttpServletRequest;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Says of each connection whether it was resumed. {@code application.properties} has all settings. */
@SpringBootApplication
@RestController
public class ExampleApplication {
    public static void main(String[] args) {
        SpringApplication.run(ExampleApplication.class, args);
    }

    @GetMapping("/")
    String handshake(HttpServletRequest request) {
        return "resumed=" + request.getAttribute(TicketAttributes.RESUMED) + " outcome="
                + request.getAttribute(TicketAttributes.OUTCOME) + "\n";
    }
}
