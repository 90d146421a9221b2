using System.Text;

namespace LocalRetrieval.Rag.Tests.Documents.SourceCode;

/// <summary>Pieces of programs of many languages in any order, so that most of it does not compile.</summary>
internal static class RandomCode
{
    private static readonly string[] Pieces =
    [
        "class A", " {", "}", "(", ")", "[", "]", ";", ",", "\n", "\n", "\n    ", "\r\n\t", "\n\n", "def f(x):", "fn f()", "func (r *T) M()", "function f", "if (a)", "else",
        "/* c */", "/*", "*/", "// c\n", "# c\n", "-- c\n", "#if A\n", "#else\n", "#endif\n", "\"s\"", "\"", "'", "'a", "`t ${", "\"\"\"", "$\"{x}\"", "@\"", "R\"(", ")\"", "r#\"", "<<EOF\n",
        "EOF\n", "BEGIN", "END", "CASE", "$$", "AS ", "<?php", "?>", "@Attr", "[Fact]", "namespace N;", "import x", "return a + b", "=>", "=", "->", ".x", "end", "日本", "\uD83D", "😀", "\u00A0",
        "\f", "key:\n  value", "- item", "\\\n", "/re[/]/", "12, 0x1F,", "template <class T>", "impl X for Y", "public int P => 1;", "operator ==", "\uFEFF",
    ];

    public static string Create(int seed)
    {
        Random random = new(seed);
        StringBuilder code = new(random.Next(6) == 0 ? "\uFEFF" : "");
        for (int count = random.Next(random.Next(3) == 0 ? 2000 : 120); count > 0; count--)
        {
            code.Append(Pieces[random.Next(Pieces.Length)]).Append(random.Next(3) == 0 ? " " : "");
        }

        return code.ToString();
    }
}
