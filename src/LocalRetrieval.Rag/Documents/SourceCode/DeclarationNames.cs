namespace LocalRetrieval.Rag;

/// <summary>Finds what an item declares by the tokens before its body.</summary>
internal sealed class DeclarationNames(string text, SourceLanguage language)
{
    private const int MaxLength = 120;

    private static readonly string[] Control =
    [
        "if", "for", "foreach", "while", "do", "switch", "match", "catch", "using", "lock", "fixed", "return", "new", "throw", "try", "else", "await", "assert",
        "checked", "unchecked", "when", "yield", "goto", "case", "with", "static_assert", "sizeof", "delegate", "guard", "defer", "until", "unless", "elif", "select",
    ];

    private static readonly string[] Modifiers = ["class", "struct", "static", "companion", "data", "case", "object", "IF", "NOT", "EXISTS", "if", "not", "exists"];

    private static readonly string[] Variables = ["const", "let", "var", "val"];

    /// <summary>Names an item, and tells whether it holds declarations.</summary>
    public void Name(CodeItem item, List<CodeToken> header, bool isInContainer, bool hasBody)
    {
        List<CodeToken> tokens = WithoutAttributes(header);
        if (tokens.Count == 0 || (language.Structure == CodeStructure.Sql && !tokens[0].Of(text).Equals("CREATE", StringComparison.OrdinalIgnoreCase)))
        {
            return;
        }

        int parameters = tokens.FindIndex(token => token.Is(text, '('));
        int keyword = tokens.FindIndex(token => IsIn(language.TypeKeywords, token));
        if (keyword >= 0 && keyword < LastTypePlace(tokens, parameters) && !(keyword > 0 && tokens[keyword - 1].Is(text, '<')))
        {
            item.IsContainer = hasBody;
            item.Name = TypeName(tokens, keyword);
            item.HoldsRest = !hasBody && Is(tokens[keyword], "namespace", "package", "module");
            return;
        }

        item.IsContainer = hasBody && tokens is [{ Kind: CodeTokenKind.Word } first, ..] && Is(first, "extern", "export", "declare") && parameters < 0;
        int function = IsIn(Control, tokens[0]) ? -1 : tokens.FindIndex(token => IsIn(language.FunctionKeywords, token));
        int assignment = Assignment(tokens);
        item.Name = Clip(
            function >= 0 && function + 1 < tokens.Count && (assignment < 0 || function < assignment) ? FunctionName(tokens, function)
            : !isInContainer || IsIn(Control, tokens[0]) ? null
            : assignment > 0 && (parameters < 0 || assignment < parameters) ? VariableName(tokens, assignment)
            : parameters > 0 ? (language.FunctionKeywords.Length == 0 || item.IsContainer || language.HasBareFunctions || hasBody ? BareName(tokens, parameters, hasBody) : null)
            : language.HasBareFunctions && hasBody ? NameBefore(tokens, tokens.Count) : null);
    }

    /// <summary>In languages such as C a type's keyword may also stand in the type of a function.</summary>
    private int LastTypePlace(List<CodeToken> tokens, int parameters) =>
        parameters >= 0 && language.Literals == LiteralFamily.C && tokens[^1].Is(text, '{') && tokens.Count - 2 == parameters ? 0
        : parameters >= 0 ? parameters : tokens.Count;

    private string? TypeName(List<CodeToken> tokens, int keyword)
    {
        if (Is(tokens[keyword], "impl"))
        {
            int end = tokens[^1].Is(text, '{') ? tokens[^1].Start : tokens[^1].End;
            string name = HeadingPaths.Clean(text[tokens[keyword].Start..Math.Min(end, tokens[keyword].Start + (2 * MaxLength))]);
            return Clip(name.Split(" where ")[0]);
        }

        int index = keyword + 1;
        while (index + 1 < tokens.Count && (IsIn(Modifiers, tokens[index]) || IsIn(language.TypeKeywords, tokens[index])) && tokens[index + 1].Kind == CodeTokenKind.Word)
        {
            index++;
        }

        return index < tokens.Count && tokens[index].Kind is CodeTokenKind.Word or CodeTokenKind.Literal ? Clip(Dotted(tokens, index))
            : index < tokens.Count && Is(tokens[keyword], "extension") && tokens[index].Is(text, '(') ? Clip(text[tokens[keyword].Start..CloseOf(tokens[index].Start)])
            : null;
    }

    private string? FunctionName(List<CodeToken> tokens, int function)
    {
        string receiver = "";
        int index = function + 1;
        if (tokens[index].Is(text, '(') && function == 0 && index + 1 < tokens.Count && tokens[index + 1].Kind == CodeTokenKind.Word)
        {
            // A method of Go, behind its receiver.
            ReadOnlySpan<char> inside = text.AsSpan(tokens[index].Start + 1, CloseOf(tokens[index].Start) - tokens[index].Start - 2);
            int generic = inside.IndexOf('[');
            receiver = (generic < 0 ? inside : inside[..generic]).ToString().Split(' ')[^1].TrimStart('*') + ".";
            index++;
        }
        else if (tokens[index].Is(text, '('))
        {
            // function(name …) of CMake.
            int word = tokens[index].Start + 1;
            int end = word;
            while (end < text.Length && (char.IsLetterOrDigit(text[end]) || text[end] == '_'))
            {
                end++;
            }

            return language.Structure == CodeStructure.Indentation && end > word ? text[word..end] : null;
        }

        while (index + 1 < tokens.Count && IsIn(Modifiers, tokens[index]))
        {
            index++;
        }

        return tokens[index].Kind is CodeTokenKind.Word or CodeTokenKind.Literal ? receiver + Dotted(tokens, index) : null;
    }

    private string? VariableName(List<CodeToken> tokens, int assignment)
    {
        int variable = tokens.FindIndex(0, assignment, token => IsIn(Variables, token));
        return variable >= 0 && variable + 1 < assignment && tokens[variable + 1].Kind == CodeTokenKind.Word
            ? tokens[variable + 1].Of(text).ToString()
            : NameBefore(tokens, assignment);
    }

    /// <summary>The name before a parameter list.</summary>
    private string? BareName(List<CodeToken> tokens, int parameters, bool hasBody)
    {
        int operatorWord = tokens.FindIndex(0, parameters, token => Is(token, "operator"));
        if (operatorWord >= 0)
        {
            return HeadingPaths.Clean(text[tokens[operatorWord].Start..tokens[parameters].Start]);
        }

        bool isDeclared = hasBody || tokens.Exists(token => token.Is(text, '=')) || parameters > 1;
        return isDeclared ? NameBefore(tokens, parameters) : null;
    }

    /// <summary>The name that ends before a token, type parameters left out.</summary>
    private string? NameBefore(List<CodeToken> tokens, int end)
    {
        int index = end - 1;
        while (index >= 0 && (tokens[index].Is(text, '{') || tokens[index].Is(text, '=')))
        {
            index--;
        }

        if (index >= 0 && tokens[index].Is(text, '>'))
        {
            index = tokens.FindLastIndex(index, index + 1, token => token.Is(text, '<')) - 1;
        }

        if (index >= 0 && tokens[index].Is(text, '['))
        {
            index--;
        }

        if (index < 0 || tokens[index].Kind != CodeTokenKind.Word || IsIn(Control, tokens[index]))
        {
            return null;
        }

        int start = index;
        while (start > 0 && tokens[start - 1].End == tokens[start].Start
            && (tokens[start - 1].Kind == CodeTokenKind.Word || text[tokens[start - 1].Start] is '.' or ':' or '~' or '\\' or '#'))
        {
            start--;
        }

        return text[tokens[start].Start..tokens[index].End].TrimStart(':', '.');
    }

    /// <summary>A name with its qualifiers.</summary>
    private string Dotted(List<CodeToken> tokens, int index)
    {
        int end = index;
        while (end + 1 < tokens.Count && tokens[end + 1].Start == tokens[end].End
            && (tokens[end + 1].Kind is CodeTokenKind.Word or CodeTokenKind.Literal || text[tokens[end + 1].Start] is '.' or ':' or '\\' or '?' or '!' or '-'))
        {
            end++;
        }

        string name = text[tokens[index].Start..tokens[end].End].TrimEnd(':', '.', '-', '?');
        return name.Trim('"', '\'', '`');
    }

    private int Assignment(List<CodeToken> tokens)
    {
        for (int index = 1; index < tokens.Count; index++)
        {
            char next = tokens[index].End < text.Length ? text[tokens[index].End] : '\0';
            if (tokens[index].Is(text, '=') && next is not ('=' or '>') && text[tokens[index].Start - 1] is not ('=' or '<' or '>' or '!'))
            {
                return index;
            }
        }

        return -1;
    }

    /// <summary>The tokens without [attributes] and @annotations at their start.</summary>
    private List<CodeToken> WithoutAttributes(List<CodeToken> header)
    {
        int start = 0;
        while (start < header.Count)
        {
            if (header[start].Is(text, '[') || header[start].Is(text, '#'))
            {
                start++;
            }
            else if (header[start].Is(text, '@') && start + 1 < header.Count && header[start + 1].Kind == CodeTokenKind.Word && !Is(header[start + 1], "interface"))
            {
                start += 2;
                while (start + 1 < header.Count && header[start].Is(text, '.'))
                {
                    start += 2;
                }

                start += start < header.Count && header[start].Is(text, '(') ? 1 : 0;
            }
            else
            {
                break;
            }
        }

        return start == 0 ? header : header.GetRange(start, header.Count - start);
    }

    private int CloseOf(int open)
    {
        int length = text.AsSpan(open, Math.Min(MaxLength, text.Length - open)).IndexOf(')');
        return length < 0 ? Math.Min(text.Length, open + 2) : open + length + 1;
    }

    private static string? Clip(string? name) => string.IsNullOrWhiteSpace(name) ? null : name.Length > MaxLength ? name[..CharacterLimit.Cut(name, MaxLength)] : name;

    private bool Is(CodeToken token, params ReadOnlySpan<string> words)
    {
        foreach (string word in words)
        {
            if (token.Of(text).SequenceEqual(word))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsIn(string[] words, CodeToken token) =>
        token.Kind == CodeTokenKind.Word
        && Array.Exists(words, word => token.Of(text).Equals(word, language.Structure == CodeStructure.Sql ? StringComparison.OrdinalIgnoreCase : StringComparison.Ordinal));
}
