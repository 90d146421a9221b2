namespace LocalRetrieval.Rag;

/// <summary>Literals that are told by more than what opens and closes them.</summary>
internal enum LiteralFamily
{
    Plain,
    C,
    CSharp,
    JavaScript,
    Php,
    Rust,
    Shell,
}
