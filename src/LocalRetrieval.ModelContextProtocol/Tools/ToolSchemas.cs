namespace LocalRetrieval.ModelContextProtocol;

/// <summary>The schemas of what tools give.</summary>
internal static class ToolSchemas
{
    private const string Reference =
        """
        "id":{"type":"string","description":"The id by which fetch reads the whole source."},
        "title":{"type":"string"},
        "url":{"type":"string","description":"The address to cite: of the web, or of a resource of this server."}
        """;

    public const string Fetch =
        """
        {"type":"object","properties":{
          "id":{"type":"string"},
          "title":{"type":"string"},
          "text":{"type":"string"},
          "url":{"type":"string","description":"The address to cite: of the web, or of a resource of this server."},
          "metadata":{"type":"object","properties":{
            "source":{"type":"string","description":"The name of the document."},
            "passages":{"type":"integer","description":"How many passages the source was put together of."},
            "length":{"type":"integer","description":"The length of the whole text."},
            "offset":{"type":"integer","description":"Where the given text starts in it."},
            "nextOffset":{"type":"integer","description":"The offset to fetch next; missing where the text ends."}
          },"required":["passages","length","offset"]}
        },"required":["id","title","text","url","metadata"]}
        """;

    public const string Ask =
        $$$"""
        {"type":"object","properties":{
          "answer":{"type":"string"},
          "sources":{"type":"array","items":{"type":"object","properties":{
            "number":{"type":"integer","description":"The number by which the answer cites it."},
            {{{Reference}}}
          },"required":["number","id","title","url"]}}
        },"required":["answer","sources"]}
        """;

    public static string Search(bool hasText) =>
        $$$"""
        {"type":"object","properties":{
          "results":{"type":"array","items":{"type":"object","properties":{
            {{{Reference}}}{{{(hasText ? ",\n\"text\":{\"type\":\"string\",\"description\":\"The passage.\"}" : "")}}}
          },"required":["id","title","url"{{{(hasText ? ",\"text\"" : "")}}}]}}
        },"required":["results"]}
        """;
}
