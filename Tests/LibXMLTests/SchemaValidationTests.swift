import Diagnostics
import LibXML
import Markup
import Testing

@Suite struct SchemaValidationTests {
    static let schema = """
        <xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="urn:x" xmlns="urn:x" elementFormDefault="qualified">
          <xs:element name="a"><xs:complexType><xs:choice minOccurs="0" maxOccurs="unbounded">
            <xs:element name="b"><xs:complexType><xs:attribute name="n" type="xs:integer" use="required"/></xs:complexType></xs:element>
          </xs:choice></xs:complexType></xs:element>
        </xs:schema>
        """

    @Test func violationsArePlacedAtTheirElement() throws {
        let schema = try #require(XMLSchema(Array(Self.schema.utf8)))
        let text = "<a xmlns='urn:x'>\n  <b n='1'/>\n  <b n='x'/> <c/>\n</a>"
        let document = XMLReader.read(SourceText(file: "t", bytes: Array(text.utf8)), schema: schema)
        #expect(document.diagnostics.isEmpty && document.root != nil)
        #expect(Set(document.violations.map(\.position)).count == 2)
        #expect(document.violations.allSatisfy { $0.position.line == 3 && $0.code == .schemaViolation })
        #expect(document.violations.last?.position == SourcePosition(line: 3, column: 15))
    }

    @Test func aCompiledSchemaServesManyThreads() async throws {
        let schema = try #require(XMLSchema(Array(Self.schema.utf8)))
        await withTaskGroup(of: Int.self) { group in
            for task in 0..<8 {
                group.addTask {
                    (0..<200).reduce(0) { sum, index in
                        let bad = (task + index) % 2 == 0
                        let text = "<a xmlns='urn:x'><b n='\(bad ? "x" : "1")'/></a>"
                        let document = XMLReader.read(SourceText(file: "t", bytes: Array(text.utf8)), schema: schema)
                        return sum + (document.violations.isEmpty == bad ? 1 : 0)
                    }
                }
            }
            for await wrong in group { #expect(wrong == 0) }
        }
    }

    @Test func schemaLocationsAreNotFollowed() throws {
        let schema = try #require(XMLSchema(Array(Self.schema.utf8)))
        let text = """
            <a xmlns='urn:x' xmlns:i='http://www.w3.org/2001/XMLSchema-instance' i:schemaLocation='urn:y file:///etc/passwd urn:z http://127.0.0.1:9/'><b n='1'/></a>
            """
        for _ in 0..<3 {
            let document = XMLReader.read(SourceText(file: "t", bytes: Array(text.utf8)), schema: schema)
            #expect(document.root?.attributes.first?.namespace == "http://www.w3.org/2001/XMLSchema-instance")
        }
        let good = XMLReader.read(SourceText(file: "t", bytes: Array("<a xmlns='urn:x'/>".utf8)), schema: schema)
        #expect(good.violations.isEmpty)
    }

    @Test func whatIsNoSchemaIsNone() {
        #expect(XMLSchema(Array("<a/>".utf8)) == nil)
        #expect(XMLSchema([]) == nil)
    }
}
