' Envoie à Égide le texte sélectionné dans Word et met la réponse après lui.
' Non essayée : demande Microsoft Office sous Windows. Voir docs/brancher-un-outil.md.
Option Explicit

Private Const ADRESSE As String = "http://127.0.0.1:8484/v1/chat/completions"
Private Const MODELE As String = "mistral/mistral-small-latest"

Public Sub DemanderAEgide()
    Dim cle As String, demande As Object, corps As String
    cle = Environ("EGIDE_KEY")
    If cle = "" Then
        MsgBox "La variable d'environnement EGIDE_KEY est vide : donnez-lui votre clé d'accès."
        Exit Sub
    End If
    If Len(Trim(Selection.Text)) < 2 Then
        MsgBox "Sélectionnez d'abord un texte."
        Exit Sub
    End If
    corps = "{""model"":""" & Echappe(MODELE) & """,""messages"":[{""role"":""user"",""content"":""" & _
        Echappe(Selection.Text) & """}]}"
    Set demande = CreateObject("MSXML2.ServerXMLHTTP.6.0")
    demande.setTimeouts 5000, 5000, 30000, 180000
    demande.Open "POST", ADRESSE, False
    demande.setRequestHeader "Content-Type", "application/json; charset=utf-8"
    demande.setRequestHeader "Authorization", "Bearer " & cle
    demande.send corps
    If demande.Status = 200 Then
        Selection.InsertAfter vbCr & Valeur(demande.responseText, "content")
    Else
        MsgBox Valeur(demande.responseText, "message"), vbExclamation, "Égide"
    End If
End Sub

' Le texte en JSON : tout ce qui n'est pas ASCII est écrit \uXXXX, donc l'encodage ne peut pas l'abîmer.
Private Function Echappe(ByVal texte As String) As String
    Dim i As Long, code As Long, signe As String, fait As String
    For i = 1 To Len(texte)
        signe = Mid$(texte, i, 1)
        code = AscW(signe) And &HFFFF&
        Select Case True
            Case signe = """": fait = fait & "\"""
            Case signe = "\": fait = fait & "\\"
            Case code < 32 Or code > 126: fait = fait & "\u" & Right$("000" & Hex$(code), 4)
            Case Else: fait = fait & signe
        End Select
    Next i
    Echappe = fait
End Function

' La première chaîne JSON de ce nom dans la réponse.
Private Function Valeur(ByVal json As String, ByVal nom As String) As String
    Dim i As Long, signe As String, lu As String
    i = InStr(json, """" & nom & """")
    If i = 0 Then Valeur = json: Exit Function
    i = InStr(InStr(i + Len(nom) + 2, json, ":"), json, """") + 1
    Do While i <= Len(json)
        signe = Mid$(json, i, 1)
        If signe = """" Then Exit Do
        If signe = "\" Then
            i = i + 1
            Select Case Mid$(json, i, 1)
                Case "n": lu = lu & vbCr
                Case "r":
                Case "t": lu = lu & vbTab
                Case "u": lu = lu & ChrW$(CLng("&H" & Mid$(json, i + 1, 4))): i = i + 4
                Case Else: lu = lu & Mid$(json, i, 1)
            End Select
        Else
            lu = lu & signe
        End If
        i = i + 1
    Loop
    Valeur = lu
End Function
