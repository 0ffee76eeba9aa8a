package dev.gangway.status;

import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * The status page of the servers in this JVM. Mapped to a path that ends with {@code /*}.
 *
 * <p>Answers users in the role {@value #DEFAULT_ROLE}, or the one that the init parameter {@value #ROLE_PARAMETER} names;
 * with an empty one, everybody. How users prove who they are is the web application's business: see {@code web.xml} of
 * Gangway's own.
 */
public final class StatusServlet extends HttpServlet {
    /** The init parameter that names the role whose users may see the page. */
    public static final String ROLE_PARAMETER = "role";

    /** The role, if the init parameter is not given. */
    public static final String DEFAULT_ROLE = "gangway-status";

    private static final long serialVersionUID = 1L;
    private static final Set<String> METHODS = Set.of("GET", "HEAD");

    private final transient StatusPage page = StatusPage.ofThisJvm();

    /** @throws ServletException if there is an init parameter that this servlet does not have: it may be a misspelt role */
    @Override
    public void init() throws ServletException {
        for (String name : Collections.list(getInitParameterNames())) {
            if (!name.equals(ROLE_PARAMETER)) {
                throw new ServletException(
                        "StatusServlet has no init parameter '" + name + "'; there is: " + ROLE_PARAMETER);
            }
        }
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        StatusPage.HEADERS.forEach(response::setHeader);
        if (!isAllowed(request)) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        } else if (!METHODS.contains(request.getMethod())) {
            response.setHeader("Allow", "GET, HEAD");
            response.sendError(HttpServletResponse.SC_METHOD_NOT_ALLOWED);
        } else if (request.getPathInfo() == null) {
            response.setStatus(HttpServletResponse.SC_FOUND);
            response.setHeader("Location", withSlash(request.getRequestURI()));
        } else {
            answer(request, response);
        }
    }

    private boolean isAllowed(HttpServletRequest request) {
        String named = getInitParameter(ROLE_PARAMETER);
        String role = named == null ? DEFAULT_ROLE : named;
        return role.isEmpty() || request.isUserInRole(role);
    }

    // The page names its parts relative to itself. So does this, because a proxy may have another path for it; and so
    // no
    // path that a client makes up leads to another host.
    private static String withSlash(String path) {
        String last = path.substring(path.lastIndexOf('/') + 1);
        int parameters = last.indexOf(';');
        return "./" + (parameters < 0 ? last : last.substring(0, parameters)) + "/";
    }

    private void answer(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Optional<StatusPage.Part> found = page.part(request.getPathInfo());
        if (found.isEmpty()) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
            return;
        }
        StatusPage.Part part = found.get();
        byte[] content = part.content();
        response.setContentType(part.contentType());
        response.setHeader("Cache-Control", part.cacheControl());
        response.setContentLength(content.length);
        if (!request.getMethod().equals("HEAD")) {
            response.getOutputStream().write(content);
        }
    }
}
