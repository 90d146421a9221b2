namespace LocalRetrieval.Rag.Tests.Retrieval.Selection;

/// <summary>Texts whose vectors are nearly the same: statements that contradict each other, and copies.</summary>
public sealed class TellingWordsTests
{
    private const string Form = "Before the work begins the operator reads the instructions of the maker and makes sure that nobody stands behind the machine";

    [Theory]
    [InlineData("The store is kept at -5 degrees.", "The store is kept at 5 degrees.")]
    [InlineData("The valve must be opened.", "The valve must not be opened.")]
    [InlineData("Visitors may smoke.", "Visitors may not smoke.")]
    [InlineData("Das Ventil ist offen.", "Das Ventil ist nicht offen.")]
    [InlineData("It melts at 80 °C.", "It melts at 80 °F.")]
    [InlineData("See section IV of the contract.", "See section VI of the contract.")]
    [InlineData("Version 1.22.0 is out", "Version 1.22.1 is out")]
    [InlineData("It costs 5 €.", "It costs 5 $.")]
    [InlineData("Half of it: ½", "Half of it: ¼")]
    [InlineData(Form + ", and pays five euros.", Form + ", and pays nine euros.")]
    [InlineData(Form + ". The lid is open.", Form + ". The lid is closed.")]
    [InlineData(Form + ". The minimum is meant.", Form + ". The maximum is meant.")]
    [InlineData("בדוק את הבלמים לפני כל נסיעה", "שמן את השרשרת אחרי הגשם תמיד")]
    [InlineData("Check the brakes before every ride", "Oil a chain after heavy rain always")]
    public void Differ_Contradictions_AreTold(string left, string right)
    {
        Assert.True(TellingWords.Differ(left, right));
        Assert.True(TellingWords.Differ(right, left));
    }

    [Theory]
    [InlineData("Version 1.22.0 is out", "Out is version 1.22.0!")]
    [InlineData(Form, Form + ", as everybody knows")]
    [InlineData(Form + ", and its passwords as required.", Form + ", and its password as requred.")]
    [InlineData("one", "two")]
    [InlineData("The quick brown fox jumps over the lazy dog", "A quick brown fox leaps over the lazy dog")]
    [InlineData("", "")]
    public void Differ_Copies_AreNot(string left, string right)
    {
        Assert.False(TellingWords.Differ(left, right));
        Assert.False(TellingWords.Differ(right, left));
    }
}
