#ifndef HEED_CLIBXML2_SHIM_H
#define HEED_CLIBXML2_SHIM_H

// Debian's libxml2 is built with ICU, and its headers then include ICU's, which clash with those inside Foundation as soon
// as one program imports both. Only two pointers at the end of a structure that we never touch depend on it.
#include <libxml/xmlversion.h>
#undef LIBXML_ICU_ENABLED

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/xmlerror.h>
#include <libxml/xmlschemas.h>

/// What libxml2 has to say about a document, in types that do not change between its versions.
struct clibxml2_problem {
    int code;
    int level;
    int line;
    const char *message;
    const char *first;
    const char *second;
};

/// Who is told of problems: stands in `_private` of a parser context, and beside a schema's validation.
struct clibxml2_listener {
    void *owner;
    void (*report)(void *owner, const struct clibxml2_problem *problem);
};

// The handler's error became const in 2.12.
#if LIBXML_VERSION >= 21200
typedef const xmlError *clibxml2_error;
#else
typedef xmlError *clibxml2_error;
#endif

static inline void clibxml2_tell(const struct clibxml2_listener *listener, clibxml2_error error) {
    if (listener == NULL || error == NULL) return;
    struct clibxml2_problem problem = {error->code, (int)error->level, error->line,
                                       error->message, error->str1, error->str2};
    listener->report(listener->owner, &problem);
}

// With a schema plugged in, the first argument is the plug; the error itself names its parser context.
static void clibxml2_on_parser_error(void *ignored, clibxml2_error error) {
    (void)ignored;
    if (error == NULL || error->ctxt == NULL) return;
    clibxml2_tell((const struct clibxml2_listener *)((xmlParserCtxtPtr)error->ctxt)->_private, error);
}

static void clibxml2_on_schema_error(void *listener, clibxml2_error error) {
    clibxml2_tell((const struct clibxml2_listener *)listener, error);
}

/// Sends a parser context's errors to a listener instead of to standard error.
static inline void clibxml2_listen(xmlParserCtxtPtr context, struct clibxml2_listener *listener) {
    context->_private = listener;
    context->sax->serror = clibxml2_on_parser_error;
}

/// Sends a validation's errors to a listener.
static inline void clibxml2_listen_validation(xmlSchemaValidCtxtPtr context, struct clibxml2_listener *listener) {
    xmlSchemaSetValidStructuredErrors(context, clibxml2_on_schema_error, listener);
}

/// Sends a schema's own errors to a listener.
static inline void clibxml2_listen_schema(xmlSchemaParserCtxtPtr context, struct clibxml2_listener *listener) {
    xmlSchemaSetParserStructuredErrors(context, clibxml2_on_schema_error, listener);
}

static xmlParserInputPtr clibxml2_refuse(const char *url, const char *id, xmlParserCtxtPtr context) {
    (void)url, (void)id, (void)context;
    return NULL;
}

static void clibxml2_quiet(void *ignored, const char *message, ...) { (void)ignored, (void)message; }

/// Once a process, before any parse: no file or address is ever opened by libxml2, and nothing is printed by it.
static inline void clibxml2_prepare(void) {
    xmlInitParser();
    xmlSetExternalEntityLoader(clibxml2_refuse);
    xmlSetGenericErrorFunc(NULL, clibxml2_quiet);
}

#endif
